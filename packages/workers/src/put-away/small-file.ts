import {randomUUID} from 'node:crypto'
import {constants, type Stats} from 'node:fs'
import {chmod, chown, lstat, open, realpath, rename, rm} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {hasErrno, unwritable} from '@gtown/sdk/files'

/** Longest file that git writes to name another. An agent may have put anything in its place. */
const LONGEST = 1024 * 1024

/** The text of a short regular file; undefined where there is none, or something else in its place. */
export async function readSmall(file: string): Promise<string | undefined> {
  try {
    // Opening a named pipe would wait for a writer.
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
 * Replaces the text of a regular file whole or not at all; nothing happens where it has that text, or where there is no
 * such file. Mode and owner stay, a link is not followed.
 *
 * @param scratch a folder on the same filesystem that may keep a temporary file when this process is killed
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

async function writeAs(path: string, text: string, {mode, uid, gid}: Stats): Promise<void> {
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

/** The path without links; undefined where there is nothing. */
export async function realpathIfThere(path: string): Promise<string | undefined> {
  try {
    return await realpath(path)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return undefined
    throw error
  }
}
