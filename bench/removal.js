// Counts the hiding places whose work is lost when a sandbox is removed. Tries each in a rig of its own, for several
// ways to remove a sandbox, with a gc and a prune before the check. Also measures how long a removal of many files
// takes. Git's own removal damages even the controls: their branch is no longer checked out.
// Usage: node bench/removal.js [--only NAME | --times]   (FILES=100000 for the times)
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {purge, putAway, restore} from '../packages/workers/dist/put-away/index.js'
import {compare, gather} from './removal/evidence.js'
import {controls, places} from './removal/hiding-places.js'
import {openWorlds, removeAll} from './removal/world.js'
import {printTable} from './support/table.js'

const only = process.argv[2] === '--only' ? process.argv[3] : undefined
const timesOnly = process.argv.includes('--times')
const FILES = Number(process.env.FILES ?? 100_000)
const {base, fresh} = openWorlds()

const contextOf = (w) => ({
  git: unattendedGit(w.env),
  rig: {name: 'rig', path: join(w.dir, 'rig')},
  callerDirectory: '/',
  processesIn: () => [],
})
const away = (w) => putAway({...contextOf(w), name: 'nux', verdict: {is: 'safe', reasons: []}})

/** Each way removes the sandbox and brings it back. It rejects if it refuses the removal. */
const ways = {
  'put away and restored': async (w) => {
    const {id} = await away(w)
    collect(w)
    await restore({...contextOf(w), id})
  },
  'git worktree remove -f -f': async (w) => {
    const head = w.gitIn(w.repository, 'rev-parse', 'origin/main')
    w.gitIn(w.repository, 'worktree', 'remove', '-f', '-f', w.path)
    collect(w)
    w.gitIn(w.repository, 'worktree', 'add', '--quiet', '--detach', w.path, head)
  },
}

function collect(w) {
  const now = ['gc.reflogExpire', 'gc.reflogExpireUnreachable', 'gc.worktreePruneExpire']
  w.gitIn(w.repository, ...now.flatMap((key) => ['-c', `${key}=now`]), 'gc', '--quiet', '--prune=now')
}

async function attempt(remove, hide) {
  const w = fresh()
  const answer = await hide(w)
  const objects = [answer].flat().filter((name) => /^[0-9a-f]{40}$/.test(name))
  const before = gather(w, objects)
  try {
    await remove(w)
  } catch (error) {
    const after = compare(before, gather(w, objects))
    return after.is === 'kept' ? {is: 'refused', what: error.message} : after
  }
  return compare(before, gather(w, objects))
}

async function table() {
  const all = Object.entries({...places, ...controls}).filter(([name]) => !only || name === only)
  const rows = []
  for (const [way, remove] of Object.entries(ways)) {
    const count = {lost: 0, damaged: 0, refused: 0, kept: 0}
    for (const [name, hide] of all) {
      const result = await attempt(remove, hide)
      count[result.is]++
      if (remove === ways['put away and restored']) report(name, result)
    }
    rows.push([way, ...Object.values(count)])
  }
  const number = `${Object.keys(places).length} hiding places and ${Object.keys(controls).length} controls`
  printTable([number, 'lost', 'damaged', 'refused', 'kept'], rows)
}

/** Prints a result other than kept. Fails the run unless the result is a refusal with something hidden. */
function report(name, {is, what}) {
  if (is === 'kept') return
  process.stdout.write(`${is}: ${name}: ${what}\n`)
  if (is !== 'refused' || name in controls) process.exitCode = 1
}

function fill(w) {
  for (let folder = 0; folder < FILES / 100; folder++) {
    const path = join(w.path, 'build', `${folder % 50}`, `${folder}`)
    mkdirSync(path, {recursive: true})
    for (let file = 0; file < 100; file++) writeFileSync(join(path, `${file}`), 'x')
  }
}

async function seconds(work) {
  const start = performance.now()
  const result = await work()
  return [result, (performance.now() - start) / 1000]
}

async function times() {
  const w = fresh()
  fill(w)
  const [{id}, put] = await seconds(() => away(w))
  const [, restored] = await seconds(() => restore({...contextOf(w), id}))
  const again = await away(w)
  const [, purged] = await seconds(() => purge({...contextOf(w), id: again.id}))
  const other = fresh()
  fill(other)
  const [, git] = await seconds(() =>
    other.gitIn(other.repository, 'worktree', 'remove', '--force', other.path),
  )
  const heads = [`seconds, ${FILES} files`, 'put away', 'restore', 'purge', 'git worktree remove --force']
  printTable(heads, [['', put, restored, purged, git]])
}

try {
  if (!timesOnly) await table()
  if (!only) await times()
} finally {
  removeAll(base)
}
