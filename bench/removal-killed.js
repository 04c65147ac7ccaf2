// Kills gt polecat nuke, restore and purge after each step, and at random times, with a gc and a prune after it, and runs
// several at once. Counts how often the next commands converge: the sandbox comes back as it was, or is gone, and no lock
// and no temporary file is left. A step is a change of a file or a run of git. Linux.
// Usage: node bench/removal-killed.js [--random N] [--only COMMAND]   (N: 100)
import {spawn, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {compare, gather} from './removal/evidence.js'
import {openWorlds, removeAll} from './removal/world.js'
import {printTable} from './support/table.js'

const {values: options} = parseArgs({
  options: {random: {type: 'string', default: '100'}, only: {type: 'string'}},
})
const launcher = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const preload = new URL('../scripts/support/kill-at.js', import.meta.url).href
const {base, fresh} = openWorlds()
const faults = []

/** A town whose polecat nux has work of every kind. */
function town() {
  const w = fresh()
  for (const folder of ['tmux', 'pty']) mkdirSync(join(w.dir, folder), {mode: 0o700})
  write(join(w.dir, 'mayor/town.json'), {})
  write(join(w.dir, 'mayor/rigs.json'), {version: 1, rigs: {rig: {git_url: w.origin}}})
  const spawned_at = '2026-12-01T00:00:00.000Z'
  const record = {version: 1, name: 'nux', incarnation: 'a1b2', task: null, base: 'main', spawned_at}
  write(join(w.dir, 'rig/.runtime/polecats/nux.json'), {...record, branch: w.branch})
  w.git('submodule', '--quiet', 'add', w.origin, 'lib')
  const commit = w.commit('work')
  w.write('draft')
  w.write('build/out')
  return {...w, objects: [commit], before: gather(w, [commit])}
}

function write(path, content) {
  mkdirSync(join(path, '..'), {recursive: true})
  writeFileSync(path, JSON.stringify(content))
}

const envOf = (w, more = {}) => ({
  ...w.env,
  TMUX_TMPDIR: join(w.dir, 'tmux'),
  GT_PTY_DIR: join(w.dir, 'pty'),
  ...more,
})

const argsOf = {
  nuke: ['nuke', 'rig/nux', '--yes'],
  restore: ['restore', 'rig/nux'],
  purge: ['purge', 'rig/nux', '--unclean'],
}

const gt = (w, command, env = {}) =>
  spawnSync(process.execPath, [launcher, 'polecat', ...argsOf[command]], {
    cwd: w.dir,
    env: envOf(w, env),
    encoding: 'utf8',
  })

const killing = (w, more) => ({NODE_OPTIONS: `--import=${preload}`, KILL_BELOW: join(w.dir, 'rig'), ...more})

function collect(w) {
  const now = ['gc.reflogExpire', 'gc.reflogExpireUnreachable', 'gc.worktreePruneExpire']
  w.gitIn(w.repository, ...now.flatMap((key) => ['-c', `${key}=now`]), 'gc', '--quiet', '--prune=now')
  w.gitIn(w.repository, 'worktree', 'prune', '--expire=now')
}

const isThere = (w) => existsSync(w.path)

/** Brings the sandbox back with the next commands. Returns what is wrong, undefined if nothing is. */
function converge(w, command) {
  if (command === 'purge') return purged(w)
  if (command === 'nuke') {
    const again = gt(w, 'nuke')
    if (isThere(w)) return `nuke did not put it away: ${again.stderr}`
  }
  const back = isThere(w) ? undefined : gt(w, 'restore')
  if (!isThere(w)) return `restore did not bring it back: ${back?.stderr}`
  // A restore that was finished by the next command is seen by one more.
  gt(w, 'nuke')
  gt(w, 'restore')
  const {is, what} = compare(w.before, gather(w, w.objects))
  return is === 'kept' ? leftovers(w) : `${is}: ${what}`
}

function purged(w) {
  const again = gt(w, 'purge')
  if (existsSync(join(w.repository, 'worktrees/rig'))) return `the worktree is still there: ${again.stderr}`
  if (existsSync(join(w.dir, 'rig/polecats/.removed/nux-a1b2'))) return `it is still there: ${again.stderr}`
  const lost = gather(w, w.objects).missing
  return lost.length > 0 ? `lost: ${lost}` : leftovers(w)
}

/** Names what a command leaves that nobody removes: locks, temporary files, entries. */
function leftovers(w) {
  const rig = join(w.dir, 'rig')
  const all = readdirSync(rig, {recursive: true}).filter(
    (name) => !/objects\/|polecats\/nux\/rig\//.test(name),
  )
  const left = all.filter((name) =>
    /\.lock$|\.part$|\.tmp|\.removed|\.spawning|gt-purging|\/locked$/.test(name),
  )
  const homes = readdirSync(join(rig, 'polecats')).filter((name) => name !== 'nux')
  const found = [...left, ...homes]
  return found.length > 0 ? `left: ${found.join(', ')}` : undefined
}

/** Makes what a command needs. */
function ready(command) {
  const w = town()
  if (command !== 'nuke') gt(w, 'nuke')
  return w
}

function judge(w, command, when) {
  collect(w)
  const wrong = converge(w, command)
  if (wrong !== undefined) faults.push(`${command} killed ${when}: ${wrong}`)
  return wrong === undefined
}

/** Kills a command after its first step, its second, and so on, until one is not killed any more. */
function eachStep(command) {
  const counts = {converged: 0, of: 0}
  for (let at = 1; ; at++) {
    const w = ready(command)
    const count = join(w.dir, 'steps')
    const {signal} = gt(w, command, killing(w, {KILL_AT: String(at), KILL_COUNT: count}))
    if (signal !== 'SIGKILL') return counts
    counts.of++
    if (judge(w, command, `after step ${at}, ${last(count)}`)) counts.converged++
  }
}

const last = (file) => readFileSync(file, 'utf8').trim().split('\n').at(-1)

/** Kills a command at a random time of its run. */
async function atRandom(command, times) {
  const counts = {converged: 0, of: times}
  const first = ready(command)
  const began = performance.now()
  gt(first, command)
  const takes = performance.now() - began
  for (let time = 0; time < times; time++) {
    const w = ready(command)
    const after = Math.round(Math.random() * takes)
    const running = spawn(process.execPath, [launcher, 'polecat', ...argsOf[command]], {
      cwd: w.dir,
      env: envOf(w),
      stdio: 'ignore',
    })
    const ended = new Promise((resolve) => running.on('close', resolve))
    await sleep(after)
    running.kill('SIGKILL')
    await ended
    await sleep(100)
    if (judge(w, command, `after ${after} ms`)) counts.converged++
  }
  return counts
}

/** Runs commands at once, several times, and then the next ones. */
async function atOnce(commands, times = 5) {
  const counts = {converged: 0, of: times}
  for (let time = 0; time < times; time++) {
    const w = ready(commands.includes('restore') || commands.includes('purge') ? 'restore' : 'nuke')
    const running = commands.map((command) => {
      const args = [launcher, 'polecat', ...argsOf[command]]
      return new Promise((resolve) =>
        spawn(process.execPath, args, {cwd: w.dir, env: envOf(w), stdio: 'ignore'}).on('close', resolve),
      )
    })
    await Promise.all(running)
    const isPurged = commands.includes('purge') && !existsSync(join(w.repository, 'worktrees/rig'))
    if (judge(w, isPurged ? 'purge' : 'nuke', `not, but ran as ${commands.join(' + ')}`)) counts.converged++
  }
  return counts
}

const rows = []
const wanted = Object.keys(argsOf).filter((command) => !options.only || command === options.only)
try {
  for (const command of wanted) {
    const {converged, of} = eachStep(command)
    rows.push([`${command}, killed after each step`, converged, of])
  }
  for (const command of wanted) {
    const {converged, of} = await atRandom(command, Math.ceil(Number(options.random) / wanted.length))
    rows.push([`${command}, killed at a random time`, converged, of])
  }
  const races = options.only
    ? []
    : [
        ['nuke', 'nuke'],
        ['nuke', 'nuke', 'nuke', 'nuke'],
        ['restore', 'purge'],
        ['restore', 'restore', 'purge', 'purge'],
      ]
  for (const commands of races) {
    const {converged, of} = await atOnce(commands)
    rows.push([`${commands.join(' + ')} at once`, converged, of])
  }
} finally {
  removeAll(base)
}
printTable(['', 'converged', 'of'], rows)
for (const fault of faults) process.stdout.write(`${fault}\n`)
if (faults.length > 0) process.exitCode = 1
