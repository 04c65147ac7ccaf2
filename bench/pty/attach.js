// Lets viewers come and go on real terminals: most detach, some are killed, some lose their terminal. Measures what the
// shim keeps of them.
import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'
import {bornIn, node} from '../support/town.js'
import {until} from '../support/trees.js'
import {descriptorsOf, filesIn, memoryOf, spec, terminalPidOf} from './world.js'

const {spawn} = createRequire(import.meta.resolve('@gtown/plugin-pty/package.json'))('@lydell/node-pty')
const viewer = fileURLToPath(new URL('../../packages/plugin-pty/test/fixtures/attach.mjs', import.meta.url))
const NAME = 'shown'
const TEXT = 'what the agent shows'
/** More than the garbage that differs from moment to moment. */
const MAX_GROWTH_MIB = 8

/** The ways in which a viewer leaves, and how many of ten leave in each. */
const ways = {
  detached: {leave: (terminal) => terminal.write('\x02d'), of10: 8},
  killed: {leave: ({pid}) => process.kill(pid, 'SIGKILL'), of10: 1},
  'terminal closed': {leave: (terminal) => terminal.destroy(), of10: 1},
}
const turns = Object.entries(ways).flatMap(([name, {of10}]) => Array(of10).fill(name))

export async function measureAttach(world, {cycles}) {
  await world.backends.pty.start(spec(NAME, ['/bin/sh', '-c', `echo "${TEXT}"; exec cat`]))
  const wrongs = []
  // The memory that only the first viewers need is not measured.
  for (const way of turns) await showOnce(world, way, wrongs)
  const before = await look(world)
  const begun = performance.now()
  for (let cycle = 0; cycle < cycles; cycle++) await showOnce(world, turns[cycle % turns.length], wrongs)
  const each = (performance.now() - begun) / cycles
  const after = await look(world)
  for (const [what, count] of Object.entries(before)) {
    const growth = after[what] - count
    if (what === 'memory, MiB' ? growth > MAX_GROWTH_MIB : growth !== 0)
      wrongs.push(`${what}: ${count} became ${after[what]}`)
  }
  const rows = Object.entries(before).map(([what, count]) => [what, count, after[what]])
  return {
    heads: ['of the shim', 'before', `after ${cycles} viewers, ${each.toFixed(0)} ms each`],
    rows,
    wrongs,
  }
}

/** Runs one viewer from start to end, as the shim sees it. */
async function showOnce({base, env, backends}, way, wrongs) {
  const terminal = spawn(node, [viewer, NAME], {cols: 80, rows: 24, cwd: base, env})
  let output = ''
  terminal.onData((text) => (output += text))
  const ended = new Promise((resolve) => terminal.onExit(resolve))
  await until('the viewer to show the session', () => output.includes(TEXT))
  ways[way].leave(terminal)
  if (way !== 'terminal closed') await ended
  await until('the viewer to be gone', async () => (await backends.pty.inspect(NAME)).attached === 0)
  if (way === 'detached' && !output.includes('attach: done, raw: false')) wrongs.push(`detached: ${output}`)
}

async function look(world) {
  const shim = terminalPidOf(world, world.backends.pty, NAME)
  // A viewer without its terminal ends a moment after the shim has noticed.
  await until('the viewers to end', () => bornIn(world).length === 2)
  return {
    processes: bornIn(world).length,
    files: filesIn(world).length,
    'open descriptors': descriptorsOf(shim),
    'memory, MiB': memoryOf(shim).own,
  }
}
