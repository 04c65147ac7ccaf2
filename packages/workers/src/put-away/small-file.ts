import {randomUUID} from 'node:crypto'
import {constants, type Stats} from 'node:fs'
import {chmod, chown, link, lstat, open, realpath, rename, rm} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {hasErrno, unwritable} from '@gtown/sdk/files'

/** Maximum size of a file that is read, in bytes. Git's own are far smaller, but an agent may have replaced them. */
const LONGEST = 1024 * 1024

/** Reads a small regular file. Returns undefined if it is missing, too large or not a regular file. */
export async function readSmall(file: string): Promise<string | undefined> {
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    try {
      const stats = await handle.stat()
      return stats.isFile() && stats.size <= LONGEST ? await handle.readFile('utf8') : undefined
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO')) return undefined
    throw error
  }
}

/**
 * Replaces the text of a small regular file atomically. Does nothing if the file has that text already, or if
 * `readSmall` cannot read it. Keeps mode and owner. Does not follow a link.
 *
 * @param scratch a folder on the same filesystem; a killed process may leave a temporary file there
 */
export async function rewriteSmall(file: string, text: string, scratch = dirname(file)): Promise<void> {
  const old = await readSmall(file)
  if (old === undefined || old === text) return
  const temporary = join(scratch, `.${basename(file)}.${randomUUID()}`)
  try {
    await writeAs(temporary, text, await lstat(file))
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, {force: true})
    throw unwritable(file, error)
  }
}

/**
 * Makes a small regular file that belongs to the owner of its folder. Rejects with `UNWRITABLE`. Does nothing if there is
 * anything in its place.
 *
 * @param scratch a folder on the same filesystem; a killed process may leave a temporary file there
 */
export async function makeSmall(file: string, text: string, scratch: string): Promise<void> {
  const temporary = join(scratch, `.${basename(file)}.${randomUUID()}`)
  try {
    const {uid, gid} = await lstat(dirname(file))
    await writeAs(temporary, text, {mode: 0o644, uid, gid})
    // Unlike a rename, this replaces nothing.
    await link(temporary, file)
  } catch (error) {
    if (!hasErrno(error, 'EEXIST')) throw unwritable(file, error)
  } finally {
    await rm(temporary, {force: true})
  }
}

async function writeAs(
  path: string,
  text: string,
  {mode, uid, gid}: Pick<Stats, 'mode' | 'uid' | 'gid'>,
): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (process.getuid?.() === 0) await chown(path, uid, gid)
  await chmod(path, mode & 0o7777)
}

/** Returns the path without links, or undefined if it does not exist. */
export async function realpathIfThere(path: string): Promise<string | undefined> {
  try {
    return await realpath(path)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return undefined
    throw error
  }
}
