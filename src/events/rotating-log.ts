import {constants} from 'node:fs'
import {type FileHandle, open, rename} from 'node:fs/promises'
import {hasErrno, statIfThere, unwritable, withFileLock} from '@gtown/sdk/files'

/** A larger log is rotated. */
const LARGEST_BYTES = 10 * 1024 * 1024

/** Number of rotated logs to keep; `<file>.1` is the newest. */
const KEPT = 3

/**
 * Appends lines to a log, all or none, even with concurrent writers. After a torn last line it starts a new line. Rejects
 * with `UNWRITABLE`.
 *
 * @param mode permissions of a new log
 */
export async function appendLines(file: string, lines: readonly string[], mode: number): Promise<void> {
  await withFileLock(file, async () => {
    try {
      await append(file, `${lines.join('\n')}\n`, mode)
    } catch (error) {
      throw unwritable(file, error)
    }
  })
}

async function append(file: string, text: string, mode: number): Promise<void> {
  if (((await statIfThere(file))?.size ?? 0) > LARGEST_BYTES) await rotate(file)
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW
  const handle = await open(file, flags, mode)
  try {
    const {size} = await handle.stat()
    // A single write, since writers that do not know our lock must not come in between.
    await handle.writeFile((await isTorn(handle, size)) ? `\n${text}` : text)
  } finally {
    await handle.close()
  }
}

async function isTorn(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false
  const {buffer} = await handle.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] !== 0x0a
}

async function rotate(file: string): Promise<void> {
  for (let number = KEPT; number > 0; number--) {
    await renameIfThere(number === 1 ? file : `${file}.${number - 1}`, `${file}.${number}`)
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!hasErrno(error, 'ENOENT')) throw error
  }
}
