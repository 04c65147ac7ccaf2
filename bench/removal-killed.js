// Kills gt polecat nuke, restore and purge after each step, and at random times, with a gc and a prune after it, and runs
// several at once. Counts how often the next commands converge: the sandbox comes back as it was, or is gone, and no lock
// and no temporary file is left. A step is a change of a file or a run of git. Linux.
// Usage: node bench/removal-killed.js [--random N] [--only nuke|restore|purge|races]   (N: 100)
import {spawn} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {parseArgs} from 'node:util'
import {compare, gather} from './removal/evidence.js'
import {argsOf, asTown, collect, envOf, gt, launcher} from './removal/town.js'
import {openWorlds, removeAll} from './removal/world.js'
import {printTable} from './support/table.js'

const {values: options} = parseArgs({
  options: {random: {type: 'string', default: '100'}, only: {type: 'string'}},
})
const preload = new URL('../scripts/support/kill-at.js', import.meta.url).href
const {base, fresh} = openWorlds()
const faults = []

function town() {
  const w = asTown(fresh())
  return {...w, before: gather(w, [w.commit])}
}

const killing = (w, more) => ({NODE_OPTIONS: `--import=${preload}`, KILL_BELOW: join(w.dir, 'rig'), ...more})

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
  const {is, what} = compare(w.before, gather(w, [w.commit]))
  return is === 'kept' ? leftovers(w) : `${is}: ${what}`
}

function purged(w) {
  const again = gt(w, 'purge')
  // Any next command takes away what a killed one left.
  gt(w, 'nuke')
  if (existsSync(join(w.repository, 'worktrees/rig'))) return `the worktree is still there: ${again.stderr}`
  if (existsSync(join(w.dir, 'rig/polecats/.removed/nux-a1b2'))) return `it is still there: ${again.stderr}`
  const lost = gather(w, [w.commit]).missing
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
    const {signal} = gt(w, command, {env: killing(w, {KILL_AT: String(at), KILL_COUNT: count})})
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
  const races =
    options.only && options.only !== 'races'
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
