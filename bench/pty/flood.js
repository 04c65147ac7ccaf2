// Runs a program that writes a lot at once, several times. Measures the time until the screen shows its end, how long
// requests wait meanwhile, whether the screen is right, and what stays in memory.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {stripVTControlCharacters} from 'node:util'
import {memoryOf, spec, terminalPidOf} from './world.js'

const FLOODS = 3
const SHOWN_MS = 120_000
const SETTLED_MS = 1500
/** After the first flood, a process has the memory that it needs. Any further growth is kept from each flood. */
const MAX_GROWTH_MIB = 8

export async function measureFlood(world, {megabytes}) {
  const file = join(world.base, 'flood')
  const lines = linesOf(megabytes)
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  const rows = []
  const wrongs = []
  for (const backend of Object.values(world.backends)) {
    const script = 'while read number; do cat "$0"; echo "flood $number is over"; done'
    const session = await backend.start(spec('flooded', ['/bin/sh', '-c', script, file]))
    const memory = () => memoryOf(terminalPidOf(world, backend, 'flooded')).own
    const after = [memory()]
    for (let flood = 1; flood <= FLOODS; flood++) {
      const {ms, longest, isRight} = await floodOnce(backend, session, {flood, lines})
      await sleep(SETTLED_MS)
      after.push(memory())
      rows.push([backend.name, flood, ms, megabytes / (ms / 1000), longest, after.at(-2), after.at(-1)])
      if (!isRight) wrongs.push(`${backend.name}: the screen after flood ${flood} is not what was written`)
    }
    if (after.at(-1) - after[1] > MAX_GROWTH_MIB)
      wrongs.push(`${backend.name}: its memory grows with every flood`)
  }
  const heads = ['backend', 'flood', 'ms', 'MB/s', 'longest look, ms', 'memory before, MiB', 'after, MiB']
  return {heads, rows, wrongs}
}

/** Numbered lines, some coloured, some with wide characters, of that many megabytes in total. */
function linesOf(megabytes) {
  const lines = []
  for (let length = 0; length < megabytes * 1e6; ) {
    const words = `${lines.length} ${'the quick brown fox jumps over it '.repeat(2)}`.slice(0, 70)
    const line =
      lines.length % 10 === 3 ? `\x1b[31m${words}\x1b[0m` : lines.length % 10 === 7 ? `漢字 ${words}` : words
    lines.push(line.trimEnd())
    length += Buffer.byteLength(line) + 1
  }
  return lines
}

async function floodOnce(backend, session, {flood, lines}) {
  const last = `flood ${flood} is over`
  await backend.type(session, String(flood))
  const begun = performance.now()
  await backend.press(session, 'Enter')
  let longest = 0
  for (const end = begun + SHOWN_MS; performance.now() < end; ) {
    const asked = performance.now()
    const {rows} = await backend.view(session)
    longest = Math.max(longest, performance.now() - asked)
    if (rows.includes(last))
      return {ms: performance.now() - begun, longest, isRight: shows(rows, lines, last)}
    await sleep(5)
  }
  return {ms: SHOWN_MS, longest, isRight: false}
}

function shows(rows, lines, last) {
  const plain = lines.slice(-(rows.length - 2)).map((line) => stripVTControlCharacters(line))
  return [...plain, last, ''].join('\n') === rows.join('\n')
}
