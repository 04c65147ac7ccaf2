import {randomUUID} from 'node:crypto'
import type {Stats} from 'node:fs'
import {type FileHandle, link, open, realpath, rename, rm, stat} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {hasErrno, unwritable} from './errno.js'

/**
 * Writes a file atomically: a reader, or a crash at any moment, sees either the old or the new text. Mode and owner
 * of an existing file stay. A link stays a link, and its target is replaced. Rejects with `UNWRITABLE` and leaves
 * nothing behind.
 *
 * @param mode permissions of a new file
 */
export async function replaceFile(file: string, text: string, mode = 0o666): Promise<void> {
  try {
    const target = await followLink(file)
    await swapIn(target, text, mode, await statIfPresent(target))
  } catch (error) {
    throw unwritable(file, error)
  }
}

/**
 * Like `replaceFile`, for a file that only its owner may read: the mode is always 0600. A link in its place is
 * replaced, never followed, because it might lead to any file.
 */
export async function replacePrivateFile(file: string, text: string): Promise<void> {
  try {
    await swapIn(file, text, 0o600, undefined)
  } catch (error) {
    throw unwritable(file, error)
  }
}

/** Atomically creates a file that only its owner may read, unless something exists there. Rejects with `UNWRITABLE`. */
export async function createPrivateFile(file: string, text: string): Promise<void> {
  const temporary = temporaryFor(file)
  try {
    await writeNew(temporary, text, 0o600, undefined)
    await link(temporary, file)
  } catch (error) {
    if (!hasErrno(error, 'EEXIST')) throw unwritable(file, error)
  } finally {
    await rm(temporary, {force: true})
  }
}

async function swapIn(
  target: string,
  text: string,
  mode: number,
  replaced: Stats | undefined,
): Promise<void> {
  const temporary = temporaryFor(target)
  try {
    await writeNew(temporary, text, mode, replaced)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, {force: true})
    throw error
  }
}

function temporaryFor(file: string): string {
  return join(dirname(file), `.${basename(file)}.${randomUUID()}`)
}

async function writeNew(
  path: string,
  text: string,
  mode: number,
  replaced: Stats | undefined,
): Promise<void> {
  const handle = await open(path, 'wx', mode)
  try {
    if (replaced) await copyOwnership(handle, replaced)
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** As root, gt must keep the owner of a user's files, or the user's gt could no longer trust or read them. */
async function copyOwnership(handle: FileHandle, replaced: Stats): Promise<void> {
  await handle.chmod(replaced.mode & 0o7777)
  try {
    await handle.chown(replaced.uid, replaced.gid)
  } catch (error) {
    // A user who may replace the file may still not be allowed to change its owner.
    if (!hasErrno(error, 'EPERM')) throw error
  }
}

async function followLink(file: string): Promise<string> {
  try {
    return await realpath(file)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return file
    throw error
  }
}

async function statIfPresent(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw error
  }
}
