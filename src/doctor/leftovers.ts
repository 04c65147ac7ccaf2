import {readdir} from 'node:fs/promises'
import {basename, join, relative} from 'node:path'
import {hasCode, type Town} from '@gtown/sdk'
import {hasErrno, isAbandoned, isSetAside, parseStateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {type Check, ok, warn} from './check.js'
import type {Diagnostics} from './diagnostics.js'

/** Checks what sessions, commands and crashes have left in `.runtime` of the town and its rigs, and as processes. */
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

const recordedProcess = v.objectOf({pid: v.number, pidStart: v.ifValid(v.text)})
const expiring = v.objectOf({expiresAt: v.number})

type Show = (paths: readonly string[]) => string

async function checkRecords(
  {processState}: Diagnostics,
  files: readonly string[],
  show: Show,
): Promise<Check> {
  const records = files.filter((file) => /\/sessions\/[^/]+\.json$/.test(file))
  const ended = records.filter((file) => {
    const process = readOwnFile(file, recordedProcess)
    return process && processState(process.pid, process.pidStart) === 'ended'
  })
  // These records need no cure: the next start of the session uses them.
  if (ended.length > 0)
    return ok('records', `the agents of ${ended.length} sessions have ended: ${show(ended)}`)
  return ok('records', `${records.length} session records, none of an agent that has ended`)
}

function checkSetAside(files: readonly string[], show: Show): Check {
  const aside = files.filter(isSetAside)
  if (aside.length === 0) return ok('set aside', 'no file')
  return warn('set aside', `files that could not be read: ${show(aside)}`, 'Look at them, then remove them.')
}

async function checkNudges(files: readonly string[], show: Show): Promise<Check> {
  const waiting = files.filter((file) => /\/nudges\/[^/]+\/[^/]+\.json$/.test(file))
  const old = waiting.filter((file) => (readOwnFile(file, expiring)?.expiresAt ?? Infinity) < Date.now())
  if (old.length === 0) return ok('nudges', `${waiting.length} wait`)
  return warn(
    'nudges',
    `${old.length} have expired unreported: ${show(old)}`,
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
  // An abandoned lock needs no cure: the next process that needs it takes it.
  if (stale.length > 0) return ok('locks', `left by processes that have ended, and free: ${show(stale)}`)
  return ok('locks', claims.length > 0 ? `held: ${show(claims)}` : 'none is held')
}

async function checkStrays({strayMarkers}: Diagnostics, town: Town): Promise<Check> {
  const markers = await strayMarkers(`${town.realRoot}/`)
  if (markers.length === 0) return ok('processes', 'none has outlived its session')
  const sessions = markers.map((marker) => marker.slice(town.realRoot.length + 1).split('/', 1)[0])
  return warn(
    'processes',
    `processes of these sessions outlived their killed backend: ${[...new Set(sessions)].join(', ')}`,
    'Stop or start those sessions to end the processes.',
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

/** The content of a file that gt wrote; undefined if it is gone, holds something else, or may not be read. */
function readOwnFile<Schema extends v.GenericSchema>(file: string, schema: Schema) {
  try {
    const content = parseStateFile(file, schema)
    return content.is === 'usable' ? content.state : undefined
  } catch (error) {
    if (hasCode(error, 'UNREADABLE')) return undefined
    throw error
  }
}

async function filterAsync<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(keep))
  return items.filter((_, index) => kept[index])
}
