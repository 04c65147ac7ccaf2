import {randomUUID} from 'node:crypto'
import type {Dirent} from 'node:fs'
import {chmod, lstat, readdir, rename, rmdir, unlink} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, reasonOf} from '@gtown/sdk/files'
import {isRealDirectory} from '../sandbox.js'

/** `unfinished`: the time ran out. `blocked`: `left` lists each path that cannot be deleted, with the reason. */
export type Deleted = {is: 'done'} | {is: 'unfinished'} | {is: 'blocked'; left: string[]}

/** Number of files that are deleted in parallel. */
const AT_ONCE = 32

/**
 * Deletes a folder that belongs to gt, with everything in it. Moves each subfolder to the top under a random name
 * before it enters it. The system refuses to rename a mount point, so no mount is entered. Nobody knows the new
 * path, so nobody can put a link into it. A path that cannot be deleted stays, and the rest is deleted.
 * Idempotent.
 *
 * @param work absolute path
 * @param until milliseconds since the epoch
 */
export async function deleteIn(work: string, until: number): Promise<Deleted> {
  if (!(await isRealDirectory(work))) return {is: 'done'}
  const {dev} = await lstat(work)
  const left: string[] = []
  const waiting = (await readdir(work)).map((name) => join(work, name))
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entries = await entriesOf(folder, left); entries.length > 0; ) {
      if (Date.now() >= until) return {is: 'unfinished'}
      const some = entries.splice(-AT_ONCE)
      await Promise.all(
        some.map((entry) => deleteEntry({work, folder: folder as string, dev, waiting, left}, entry)),
      )
    }
    await removeFolder(folder, left)
  }
  await removeFolder(work, left)
  return left.length === 0 ? {is: 'done'} : {is: 'blocked', left}
}

interface Deletion {
  work: string
  /** The folder that is being emptied. */
  folder: string
  /** The device that everything to delete is on. */
  dev: number
  /** The folders that still have to be emptied. */
  waiting: string[]
  /** Paths that cannot be deleted, each with the reason. */
  left: string[]
}

type Entry = Dirent<Buffer>

/** Lists a folder. Names are read as bytes, since a name need not be valid text. */
async function entriesOf(folder: string, left: string[]): Promise<Entry[]> {
  const list = async () => await readdir(folder, {withFileTypes: true, encoding: 'buffer'})
  try {
    if (!(await isRealDirectory(folder))) return []
    return await withAccess(folder, list)
  } catch (error) {
    left.push(`${folder}: ${reasonOf(error)}`)
    return []
  }
}

async function deleteEntry(deletion: Deletion, entry: Entry): Promise<void> {
  const {folder, left} = deletion
  const path = Buffer.concat([Buffer.from(`${folder}/`), entry.name])
  try {
    await withAccess(folder, async () => {
      if (entry.isDirectory()) await setAside(deletion, path)
      else await unlink(path)
    })
  } catch (error) {
    if (!hasErrno(error, 'ENOENT')) left.push(`${path}: ${reasonOf(error)}`)
  }
}

async function setAside({work, dev, waiting}: Deletion, path: Buffer): Promise<void> {
  if ((await lstat(path)).dev !== dev) throw new Error('something is mounted there')
  const aside = join(work, randomUUID())
  try {
    await rename(path, aside)
  } catch (error) {
    if (!hasErrno(error, 'EACCES')) throw error
    // A rename to another parent also writes the `..` of the folder. The chmod cannot follow a link: the path was a
    // folder a moment ago, and no other process works here.
    await chmod(path, 0o700)
    await rename(path, aside)
  }
  waiting.push(aside)
}

/** Runs work on a folder, and grants us access first if it lacks the permissions. */
async function withAccess<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!hasErrno(error, 'EACCES')) throw error
    await chmod(folder, 0o700)
    return await work()
  }
}

/** Removes an emptied folder. Entries that are still in it are in `left` already. */
async function removeFolder(folder: string, left: string[]): Promise<void> {
  try {
    await rmdir(folder)
  } catch (error) {
    if (hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) return
    if (!hasErrno(error, 'ENOTDIR')) {
      left.push(`${folder}: ${reasonOf(error)}`)
      return
    }
    await unlink(folder)
  }
}
