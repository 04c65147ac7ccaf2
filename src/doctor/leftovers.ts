import {readdir, readFile} from 'node:fs/promises'
import {basename, join, relative} from 'node:path'
import type {Town} from '@gtown/sdk'
import {hasErrno, isAbandoned} from '@gtown/sdk/files'
import {type Check, ok, warn} from './check.js'
import type {Diagnostics} from './diagnostics.js'

/** What sessions, commands and crashes have left in a town's and its rigs' `.runtime`, and in the process table. */
export async function checkLeftovers(diagnostics: Diagnostics, town: Town): Promise<Check[]> {
  const rigs = diagnostics.registeredRigs(town)
  const folders = [town.root, ...rigs.map((name) => join(town.root, name))].map((root) =>
    join(root, '.runtime'),
  )
  const files = (await Promise.all(folders.map(filesBelow))).flat()
  const show = (paths: readonly string[]) => paths.map((path) => relative(town.root, path)).join(', ')
  return [
    await checkRecords(diagnostics, files, show),
    checkSetAside(files, show),
    await checkNudges(files, show),
    checkPostMortems(files),
    await checkLocks(files, show),
    await checkStrays(diagnostics, town),
  ]
}

type Show = (paths: readonly string[]) => string

async function checkRecords(
  {processState}: Diagnostics,
  files: readonly string[],
  show: Show,
): Promise<Check> {
  const records = files.filter((file) => /\/sessions\/[^/]+\.json$/.test(file))
  const ended = await filterAsync(records, async (file) => {
    const {pid, pidStart} = (await readObject(file)) as {pid?: unknown; pidStart?: unknown}
    const start = typeof pidStart === 'string' ? pidStart : undefined
    return typeof pid === 'number' && processState(pid, start) === 'ended'
  })
  // They say where a session ran, and the next start of it uses them: no cure is needed.
  if (ended.length > 0)
    return ok('records', `the agents of ${ended.length} sessions have ended: ${show(ended)}`)
  return ok('records', `${records.length} session records, none of an agent that has ended`)
}

function checkSetAside(files: readonly string[], show: Show): Check {
  const aside = files.filter((file) => /\.(broken|unusable)(-\w+)?$/.test(file))
  if (aside.length === 0) return ok('set aside', 'no file')
  return warn('set aside', `files that could not be read: ${show(aside)}`, 'Look at them, then remove them.')
}

async function checkNudges(files: readonly string[], show: Show): Promise<Check> {
  const waiting = files.filter((file) => /\/nudges\/[^/]+\/[^/]+\.json$/.test(file))
  const old = await filterAsync(waiting, async (file) => {
    const {expiresAt} = (await readObject(file)) as {expiresAt?: unknown}
    return typeof expiresAt === 'number' && expiresAt < Date.now()
  })
  if (old.length === 0) return ok('nudges', `${waiting.length} wait`)
  return warn(
    'nudges',
    `${old.length} have expired, and nobody has said so: ${show(old)}`,
    "The next gt nudge to the same agent clears them; 'gt nudge deliver <address>' does it now.",
  )
}

function checkPostMortems(files: readonly string[]): Check {
  const count = files.filter((file) => /\/post-mortem\/[^/]+\.json$/.test(file)).length
  return ok('post-mortems', `${count} kept`)
}

async function checkLocks(files: readonly string[], show: Show): Promise<Check> {
  const claims = files.filter((file) => /\.lock\/[^/]+$/.test(file))
  const stale = await filterAsync(claims, (file) => isAbandoned(basename(file)))
  // Whoever needs the lock takes it over at once.
  if (stale.length > 0) return ok('locks', `left by processes that have ended, and free: ${show(stale)}`)
  return ok('locks', claims.length > 0 ? `held: ${show(claims)}` : 'none is held')
}

async function checkStrays({strayMarkers}: Diagnostics, town: Town): Promise<Check> {
  const markers = await strayMarkers(`${town.realRoot}/`)
  if (markers.length === 0) return ok('processes', 'none has outlived its session')
  const sessions = markers.map((marker) => marker.slice(town.realRoot.length + 1).split('/', 1)[0])
  return warn(
    'processes',
    `processes of sessions whose backend was killed live on: ${[...new Set(sessions)].join(', ')}`,
    'Stop or start those sessions: that ends them.',
  )
}

async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, {recursive: true, withFileTypes: true})
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}

/** What a file holds; nothing where it went meanwhile, or holds something else. */
async function readObject(file: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return typeof value === 'object' && value !== null ? value : {}
  } catch (error) {
    if (error instanceof SyntaxError || hasErrno(error, 'ENOENT', 'EACCES')) return {}
    throw error
  }
}

async function filterAsync<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(keep))
  return items.filter((_, index) => kept[index])
}
