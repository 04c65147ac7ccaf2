// Measures how long it takes to end a session and how many processes that starts, and compares it with two other ways: the
// package tree-kill, and the method of the original (one pgrep per process). All three take turns in one run, next to
// many unrelated processes. The last figure is the 95th percentile for a tree that obeys.
// Usage: node bench/stop.js [rounds] [runs of the last]
import {spawn} from 'node:child_process'
import {subscribe, unsubscribe} from 'node:diagnostics_channel'
import {once} from 'node:events'
import {createRequire} from 'node:module'
import {setTimeout as sleep} from 'node:timers/promises'
import {promisify} from 'node:util'
import {createTmuxBackend} from '@gtown/plugin-tmux'
import {killer} from '@gtown/process'
import {inTown, median} from './support/town.js'
import {killCarriers, signal, startTree, trees, untilGrown} from './support/trees.js'

const treeKill = promisify(createRequire(import.meta.resolve('@gtown/plugin-rigs/package.json'))('tree-kill'))
const rounds = Number(process.argv[2] ?? 5)
const runs = Number(process.argv[3] ?? 30)
const measured = ['plain.sh', 'deep.sh', 'wide.sh'].map((name) => trees.find(({program}) => program === name))

await inTown([], async ({env}) => {
  const backend = createTmuxBackend({killer, env})
  const ways = {
    gt: (session) => backend.stop(session, {graceMs: 5000}),
    'tree-kill': (session) => endWithTreeKill(session, env),
    original: (session) => endLikeTheOriginal(session, env),
  }
  // The tmux server stays, as it does for a user with other sessions.
  const keeper = await backend.start({
    name: 'keeper',
    cwd: '/',
    command: ['sleep', '3600'],
    env: {},
    unsetEnv: [],
    labels: {},
  })
  for (const unrelated of [100, 1000]) {
    await beside(unrelated, async () => {
      for (const tree of measured) await compare(backend, ways, tree, unrelated)
    })
  }
  await beside(100, () => percentile(backend, ways.gt))
  await backend.stop(keeper, {graceMs: 0})
})

async function compare(backend, ways, tree, unrelated) {
  const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, end] of Object.entries(ways)) results[name].push(await endTree(backend, tree, end))
  }
  const medianOf = (name, key) => median(results[name].map((result) => result[key]))
  const words = Object.keys(ways).map((name) => {
    const time = medianOf(name, 'milliseconds')
    const ratio = time / medianOf('original', 'milliseconds')
    return `${name} ${time.toFixed(0)} ms (× ${ratio.toFixed(3)}, ${medianOf(name, 'started')} processes)`
  })
  const label = [tree.program, ...tree.args].join(' ')
  process.stdout.write(`${label}, ${unrelated} unrelated: ${words.join(', ')}\n`)
}

async function percentile(backend, end) {
  const [plain] = measured
  const times = []
  for (let run = 0; run < runs; run++) times.push((await endTree(backend, plain, end)).milliseconds)
  times.sort((a, b) => a - b)
  const p95 = times[Math.ceil(times.length * 0.95) - 1]
  process.stdout.write(
    `${plain.program}, gt: median ${median(times).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms of ${runs} runs\n`,
  )
}

/** Ends a fully grown tree; returns the time that took, and how many processes were started for it. */
async function endTree(backend, tree, end) {
  const {session, canary} = await startTree(backend, tree)
  let started = 0
  const count = () => {
    started++
  }
  try {
    await untilGrown(canary, tree.processes)
    subscribe('child_process', count)
    const start = process.hrtime.bigint()
    await end(session)
    return {milliseconds: Number(process.hrtime.bigint() - start) / 1e6, started}
  } finally {
    unsubscribe('child_process', count)
    await killCarriers(canary)
  }
}

async function endWithTreeKill({name}, env) {
  await treeKill(await panePid(name, env), 'SIGTERM')
  await run('tmux', ['-L', 'default', 'kill-session', '-t', name], env)
}

/** The original's method. It also ran kill(1) once per process and signal; here, in its favour, signals cost no process. */
async function endLikeTheOriginal({name}, env) {
  const pane = await panePid(name, env)
  const pids = await descendants(pane, env)
  for (const pid of pids) signal(pid, 'SIGTERM')
  await sleep(100)
  for (const pid of pids) signal(pid, 'SIGKILL')
  signal(pane, 'SIGKILL')
  await run('tmux', ['-L', 'default', 'kill-session', '-t', name], env)
}

/** All processes below it, the deepest first. */
async function descendants(pid, env) {
  const children = (await run('pgrep', ['-P', String(pid)], env)).split('\n').filter(Boolean).map(Number)
  const found = []
  for (const child of children) found.push(...(await descendants(child, env)), child)
  return found
}

async function panePid(name, env) {
  return Number(await run('tmux', ['-L', 'default', 'list-panes', '-t', name, '-F', '#{pane_pid}'], env))
}

/** Runs a program until it ends; resolves with its output, whatever its exit code. */
async function run(command, args, env) {
  const child = spawn(command, args, {env, stdio: ['ignore', 'pipe', 'ignore']})
  let stdout = ''
  child.stdout.on('data', (text) => (stdout += text))
  await once(child, 'close')
  return stdout
}

/** Runs the measurement next to that many unrelated processes. */
async function beside(number, measure) {
  const script = 'for ((i = 0; i < $0; i++)); do sleep 1800 & done; echo; wait'
  const parent = spawn('bash', ['-c', script, String(number)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = () => process.kill(-parent.pid, 'SIGKILL')
  process.once('exit', end)
  try {
    await once(parent.stdout, 'data')
    await measure()
  } finally {
    process.off('exit', end)
    end()
    await once(parent, 'exit')
  }
}
