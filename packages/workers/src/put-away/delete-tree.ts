import {randomUUID} from 'node:crypto'
import type {Dirent} from 'node:fs'
import {chmod, lstat, readdir, rename, rmdir, unlink} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, reasonOf} from '@gtown/sdk/files'
import {isRealDirectory} from '../sandbox.js'

/** `unfinished`: the time was up. `blocked`: these cannot be deleted, each with the reason. */
export type Deleted = {is: 'done'} | {is: 'unfinished'} | {is: 'blocked'; left: string[]}

/** Files of a folder that are deleted beside each other. */
const AT_ONCE = 32

/**
 * Deletes a folder of ours with all that is in it. Each folder below is renamed into this one before it is looked into:
 * the system refuses that for one that something is mounted on, and nothing is left of a path that a link could be put
 * into. What cannot be deleted stays, and the rest goes. Idempotent.
 *
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
  /** The folder that is being emptied, and the device that all of it is on. */
  folder: string
  dev: number
  /** The folders that are still to be emptied. */
  waiting: string[]
  /** What cannot be deleted. */
  left: string[]
}

type Entry = Dirent<Buffer>

/** Names are bytes: not every one is text. */
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
    // Its `..` is written, too. Never through a link: it was no link a moment ago, and nobody is at work here.
    await chmod(path, 0o700)
    await rename(path, aside)
  }
  waiting.push(aside)
}

/** Files go from a folder, and its names are read, only by who may write and search it. */
async function withAccess<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!hasErrno(error, 'EACCES')) throw error
    await chmod(folder, 0o700)
    return await work()
  }
}

/** What is left in it was told of already. */
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
