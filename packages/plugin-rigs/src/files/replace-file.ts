import {randomUUID} from 'node:crypto'
import type {Stats} from 'node:fs'
import {type FileHandle, open, realpath, rename, rm, stat} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {hasErrno, unwritable} from './errno.js'

/**
 * Writes a whole file so that a reader, or a crash at any moment, sees the old text or the new one and nothing
 * between. Mode and owner of an existing file stay; a link stays a link, and the file it points to is replaced.
 *
 * @param mode permissions of a file that is new
 */
export async function replaceFile(file: string, text: string, mode = 0o666): Promise<void> {
  try {
    const target = await followLink(file)
    const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}`)
    try {
      await writeNew(temporary, text, mode, await statIfPresent(target))
      await rename(temporary, target)
    } catch (error) {
      await rm(temporary, {force: true})
      throw error
    }
  } catch (error) {
    throw unwritable(file, error)
  }
}

async function writeNew(
  path: string,
  text: string,
  mode: number,
  replaced: Stats | undefined,
): Promise<void> {
  const handle = await open(path, 'wx', mode)
  try {
    if (replaced) await takeAfter(handle, replaced)
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Root must not turn the user's files into its own, or the user's next gt could not trust or read them. */
async function takeAfter(handle: FileHandle, replaced: Stats): Promise<void> {
  await handle.chmod(replaced.mode & 0o7777)
  try {
    await handle.chown(replaced.uid, replaced.gid)
  } catch (error) {
    // Who may write another user's file by its directory may still not give files away.
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
