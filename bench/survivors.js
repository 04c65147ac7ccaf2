// Counts the processes that survive the end of a session, for every kind of tree that is known to leak somewhere: when
// stop returns, and again when another session has lived on for a third of a second. Half of the runs ask first (400 ms),
// the other half kills at once. Usage: node bench/survivors.js [runs] [--uid 65534]   (only root can become another user)
import {execFileSync, spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {createTmuxBackend} from '@gtown/plugin-tmux'
import {killer} from '@gtown/process'
import {inTown, node} from './support/town.js'
import {carriers, fixture, killCarriers, startTree, trees, until, untilGrown} from './support/trees.js'

const {values, positionals} = parseArgs({options: {uid: {type: 'string'}}, allowPositionals: true})
const runs = Number(positionals[0] ?? 5)

/** The kinds of trees, with what is done to a session before its stop, if the program alone does not make the kind. */
const kinds = [
  ...trees.map((tree) => ({...tree, name: [tree.program, ...tree.args].join(' ')})),
  {program: 'stopped-child.sh', args: [], processes: 2, name: 'stopped-child.sh', grown: childIsStopped},
  {program: 'plain.sh', args: [], processes: 7, name: 'second pane, second window', prepare: addPanes},
  {
    program: 'env-cleared-hidden-daemon.sh',
    args: [],
    processes: 2,
    name: 'env-cleared-hidden-daemon.sh',
    grown: (canary) => carriers(`hidden ${canary}`).length === 1,
  },
]

if (values.uid) {
  const id = Number(values.uid)
  const {status} = spawnSync(node, [fileURLToPath(import.meta.url), String(runs)], {
    uid: id,
    gid: id,
    cwd: '/',
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
} else {
  process.exitCode = (await inTown([], measure)) > 0 ? 1 : 0
}

async function measure(town) {
  const backend = createTmuxBackend({killer, env: town.env})
  const heartbeat = join(town.base, 'heartbeat')
  const total = {atReturn: 0, later: 0}
  print('kind', 'at return', 'later')
  for (const kind of kinds) {
    const sum = {atReturn: 0, later: 0}
    for (let run = 0; run < runs; run++) {
      const neighbour = await startNeighbour(backend, heartbeat)
      const left = await endTree({backend, town, heartbeat}, kind, run % 2 === 0 ? 400 : 0)
      await backend.stop(neighbour, {graceMs: 0})
      sum.atReturn += left.atReturn
      sum.later += left.later
    }
    print(kind.name, sum.atReturn, sum.later)
    total.atReturn += sum.atReturn
    total.later += sum.later
  }
  print(
    `total of ${kinds.length} kinds, ${runs} runs each, user ${process.getuid()}`,
    total.atReturn,
    total.later,
  )
  return total.atReturn + total.later
}

function startNeighbour(backend, heartbeat) {
  return backend.start({
    name: 'victim-2',
    cwd: '/',
    command: [fixture('heartbeat.pl'), heartbeat],
    env: {GT_SESSION_ID: 'town/victim-2/neighbour'},
    unsetEnv: [],
    labels: {},
  })
}

async function endTree({backend, town, heartbeat}, kind, graceMs) {
  const {session, canary} = await startTree(backend, kind)
  try {
    kind.prepare?.(canary, town)
    await untilGrown(canary, kind.processes)
    if (kind.grown) await until(kind.name, () => kind.grown(canary))
    await backend.stop(session, {graceMs}).catch(reportSurvivors)
    const atReturn = carriers(canary).length
    await untilBeats(heartbeat, 15)
    return {atReturn, later: carriers(canary).length}
  } finally {
    await killCarriers(canary)
    await backend.stop(session, {graceMs: 0})
  }
}

function reportSurvivors(error) {
  if (error.code !== 'SURVIVORS') throw error
  process.stdout.write(`${error.message}\n`)
}

function addPanes(canary, {env}) {
  const tmux = (...args) => execFileSync('tmux', ['-L', 'default', ...args], {env})
  tmux('split-window', '-t', '=victim:', fixture('setsid-child.sh'), canary)
  tmux('new-window', '-t', '=victim:', fixture('nohup-child.sh'), canary)
}

function childIsStopped(canary) {
  return carriers(canary).some((pid) => /\) T/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
}

async function untilBeats(heartbeat, number) {
  const beats = () => readFileSync(heartbeat).length
  const before = beats()
  await until('the other session to live on', () => beats() >= before + number)
}

function print(kind, atReturn, later) {
  process.stdout.write(`${kind.padEnd(60)} ${String(atReturn).padStart(9)} ${String(later).padStart(6)}\n`)
}
