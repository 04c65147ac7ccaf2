// Measures a patrol of a rig of workers with real sessions and worktrees: wall time, processor time, the programs that it
// starts, and the memory of the loop. In the first cycle, the patrol has seen nothing yet. Later, nothing happens. At the
// end, something new is on every screen.
// Usage: node bench/patrol.js [workers] [cycles]
//        node bench/patrol.js idle [seconds] [workers]   the loop at its usual interval, while nothing happens
import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createInterface} from 'node:readline'
import {setTimeout as sleep} from 'node:timers/promises'
import {countingPrograms, makeRig} from './support/patrol-rig.js'
import {inTown, launcher, median, node} from './support/town.js'

const INTERVAL_MS = 3000
const TICK_MS = 10

const [first, ...rest] = process.argv.slice(2)
if (first === 'idle') await measureIdle(...rest.map(Number))
else await measureCycles(...[first, ...rest].filter(Boolean).map(Number))

async function measureCycles(workers = 200, cycles = 10) {
  await inTown(['alpha'], async (town) => {
    const changeScreens = await makeRig(town, workers)
    // Their screens do not change from here on.
    await sleep(INTERVAL_MS)
    const calls = countingPrograms(town, ['tmux', 'git'])
    const child = startPatrol(town, '--interval', `${INTERVAL_MS}ms`)
    const rows = []
    let before = 0
    for await (const report of reportsOf(child)) {
      const {ticks, rss} = usageOf(child.pid)
      rows.push({wall: report.took_ms, cpu: (ticks - before) * TICK_MS, rss, ...calls(), of: report.polecats})
      before = ticks
      if (rows.length === 1) process.stdout.write(`${workers} workers: ${verdictsOf(rows[0].of)}\n`)
      if (rows.length === cycles + 1) changeScreens()
      if (rows.length === cycles + 2) child.kill('SIGTERM')
    }
    show('first cycle', rows[0])
    show(`later, median of ${cycles}`, medianOf(rows.slice(1, cycles + 1)))
    show('all screens changed', rows[cycles + 1])
  })
}

async function measureIdle(seconds = 300, workers = 20) {
  await inTown(['alpha'], async (town) => {
    await makeRig(town, workers)
    const child = startPatrol(town)
    const reports = reportsOf(child)
    await reports.next()
    const before = usageOf(child.pid)
    await sleep(seconds * 1000)
    const after = usageOf(child.pid)
    child.kill('SIGTERM')
    let cycles = 0
    for await (const _ of reports) cycles++
    const cpu = (after.ticks - before.ticks) * TICK_MS
    const share = ((cpu / (seconds * 1000)) * 100).toFixed(2)
    process.stdout.write(
      `idle, ${workers} workers: ${cpu} ms CPU in ${seconds} s and ${cycles} cycles (${share} %), ${after.rss.toFixed(0)} MiB\n`,
    )
  })
}

function startPatrol({base, env}, ...flags) {
  const args = [launcher, 'witness', 'patrol', 'alpha', '--json', ...flags]
  return spawn(node, args, {cwd: base, env, stdio: ['ignore', 'pipe', 'inherit']})
}

/** The report of each cycle. The last line only says that the patrol has ended. */
async function* reportsOf(child) {
  for await (const line of createInterface({input: child.stdout})) {
    const report = JSON.parse(line)
    if (report.polecats !== undefined) yield report
  }
}

/** CPU ticks of the process and of the children that it has waited for, and its memory in MiB. */
function usageOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
  return {ticks, rss}
}

function verdictsOf(polecats) {
  const groups = Object.entries(Object.groupBy(polecats, ({verdict}) => verdict))
  return groups.map(([verdict, of]) => `${of.length} ${verdict}`).join(', ')
}

function medianOf(rows) {
  const keys = ['wall', 'cpu', 'tmux', 'git', 'rss']
  return Object.fromEntries(keys.map((key) => [key, median(rows.map((row) => row[key]))]))
}

function show(name, {wall, cpu, tmux, git, rss}) {
  process.stdout.write(
    `${name.padEnd(24)} ${wall.toFixed(0).padStart(6)} ms  ${cpu.toFixed(0).padStart(6)} ms CPU  ${tmux} tmux  ${git} git  ${rss.toFixed(0)} MiB\n`,
  )
}
