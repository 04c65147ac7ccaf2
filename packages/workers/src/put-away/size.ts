import {type BigIntStats, lstatSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {hasErrno, peekStateFile, unreadable, writeStateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {entryFolder, treeOf} from './manifest.js'
import {openRig, type RemovalContext} from './open-rig.js'

/** How far a measurement has come. The sandbox does not change, so a later call can continue it. */
const progressSchema = v.objectOf({
  version: v.literal(1),
  /** Bytes found so far. */
  bytes: v.count,
  /** Folders that are still to be measured, relative to the sandbox, each byte as one character. */
  waiting: v.listOf(v.text),
})
type Progress = v.InferOutput<typeof progressSchema>

/** File beside a manifest, with the size of the sandbox. */
export const SIZE_FILE = 'size.json'

/**
 * Measures how many bytes the deletion of a sandbox that was put away would free: its blocks, without files that have
 * another name elsewhere, and without mounted files. Stores its progress in the sandbox's entry. Rejects with
 * `UNREADABLE` or `UNWRITABLE`.
 *
 * @param until milliseconds since the epoch at which it pauses; the next call continues
 * @returns undefined while it is unfinished
 */
export async function measureRemoved(
  context: RemovalContext,
  {id, until}: {id: string; until: number},
): Promise<number | undefined> {
  const entry = entryFolder(await openRig(context), id)
  const file = join(entry, SIZE_FILE)
  const before = (await peekStateFile(file, progressSchema)) ?? {version: 1, bytes: 0, waiting: ['']}
  if (before.waiting.length === 0) return before.bytes
  const after = measure(treeOf(entry), before, until)
  await writeStateFile(file, after)
  return after.waiting.length === 0 ? after.bytes : undefined
}

/** Reads the disk synchronously, which takes a tenth of the time, and is as long as `until` allows. */
function measure(tree: string, {bytes: before, waiting: left}: Progress, until: number): Progress {
  const waiting = [...left]
  let bytes = before
  const {dev} = lstatSync(tree, {bigint: true})
  while (waiting.length > 0 && Date.now() < until) {
    const folder = waiting.pop() ?? ''
    for (const {path, stats} of entriesOf(tree, folder)) {
      if (stats.dev !== dev) continue
      if (stats.isDirectory()) waiting.push(path)
      if (stats.isDirectory() || stats.nlink === 1n) bytes += Number(stats.blocks) * 512
    }
  }
  return {version: 1, bytes, waiting}
}

function entriesOf(tree: string, folder: string): {path: string; stats: BigIntStats}[] {
  return namesIn(pathOf(tree, folder)).flatMap((name) => {
    const path = folder === '' ? name : `${folder}/${name}`
    const stats = statsOf(pathOf(tree, path))
    return stats ? [{path, stats}] : []
  })
}

/** A name need not be valid text. In Latin-1, each of its bytes is one character. */
const pathOf = (tree: string, path: string) =>
  Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(path, 'latin1')])

function namesIn(folder: Buffer): string[] {
  try {
    return readdirSync(folder, 'latin1')
  } catch (error) {
    // A folder that this user may not read counts as empty: the size is only a guide.
    if (hasErrno(error, 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(String(folder), error)
  }
}

function statsOf(path: Buffer): BigIntStats | undefined {
  try {
    return lstatSync(path, {bigint: true})
  } catch (error) {
    if (hasErrno(error, 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR')) return undefined
    throw unreadable(String(path), error)
  }
}
