// Compares the status of many rigs with that of one, and measures the start and stop of fifty and the cost of `--watch`.
// Usage: node bench/fleet.js [runs] [seconds of --watch]
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'
import {gt, inTown, launcher, median, node, time} from './support/town.js'

const runs = Number(process.argv[2] ?? 20)
const seconds = Number(process.argv[3] ?? 60)
/** An agent so small that five hundred of them fit on any machine. */
const agent = {command: '/bin/sh', args: ['-c', 'printf "> "; exec cat'], ready_prompt_prefix: '> '}
const status = [node, launcher, 'witness', 'status']

await inTowns([1, 50, 500], async (towns) => {
  for (const [count, town] of towns) {
    const ms = time([node, launcher, 'witness', 'start', '--all'], town)
    say(`start --all of ${count}`, ms)
  }
  await compare(towns)
  for (const [count, town] of towns) await watch(count, town)
  const fifty = towns.get(50)
  say('stop --all of 50', time([node, launcher, 'witness', 'stop', '--all'], fifty))
  const left = gt(fifty, 'witness', 'status', '--format', '{running}').trim()
  if (left !== '0') throw new Error(`${left} still run`)
})

async function inTowns(counts, measure, towns = new Map()) {
  const [count, ...others] = counts
  if (count === undefined) return await measure(towns)
  const rigs = Array.from({length: count}, (_, index) => `rig${String(index).padStart(3, '0')}`)
  await inTown(rigs, (town) => inTowns(others, measure, towns.set(count, town)), {agent})
}

/** The commands take turns, so that a machine that slows down slows down all of them. */
async function compare(towns) {
  const commands = new Map()
  for (const [count, town] of towns) {
    commands.set(`status of one rig of ${count}`, [[...status, 'rig000', '--json'], town])
    commands.set(`status of all ${count}`, [[...status, '--json'], town])
  }
  const times = new Map([...commands.keys()].map((name) => [name, []]))
  for (let run = 0; run <= runs; run++) {
    for (const [name, [command, town]] of commands) {
      const ms = time(command, town)
      // The first run fills the caches.
      if (run > 0) times.get(name).push(ms)
    }
  }
  for (const count of towns.keys()) {
    const [one, all] = ['one rig of', 'all'].map((which) => median(times.get(`status of ${which} ${count}`)))
    say(`status of one rig of ${count}`, one)
    say(`status of all ${count}`, all, `× ${(all / one).toFixed(2)}`)
  }
}

async function watch(count, {base, env}) {
  const child = spawn(node, [launcher, 'witness', 'status', '--watch', '--jsonl'], {
    cwd: base,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.resume()
  await once(child.stdout, 'data')
  const before = ticks(child.pid)
  await sleep(seconds * 1000)
  const used = (ticks(child.pid) - before) * 10
  child.kill('SIGINT')
  await once(child, 'close')
  say(`--watch of ${count}, CPU in ${seconds} s`, used, `${(used / seconds / 10).toFixed(2)} % of a core`)
}

/** CPU time of a process and its ended children, in hundredths of a second. */
function ticks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
}

function say(what, ms, note = '') {
  process.stdout.write(`${what.padEnd(32)} ${ms.toFixed(1).padStart(10)} ms  ${note}\n`)
}
