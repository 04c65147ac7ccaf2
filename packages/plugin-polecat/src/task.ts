import {readFile} from 'node:fs/promises'
import {usageError} from '@gtown/sdk'
import {unreadable} from '@gtown/sdk/files'

/** Maximum length in bytes: half of what Linux allows for one program argument. */
const MAX_BYTES = 64 * 1024

/** The task from the flags, or undefined. Rejects with a usage error if the text cannot be passed to an agent. */
export async function readTask({
  text,
  file,
}: {
  text: string | undefined
  file: string | undefined
}): Promise<string | undefined> {
  const given = file === undefined ? text : await read(file)
  if (given === undefined) return undefined
  const task = given.trim()
  const flag = file === undefined ? '--task' : '--task-file'
  if (task === '') throw usageError(`${flag} is empty`)
  if (task.includes('\0')) throw usageError(`${flag} has a NUL character`)
  if (Buffer.byteLength(task) > MAX_BYTES) {
    throw usageError(
      `${flag} is longer than ${MAX_BYTES} bytes`,
      'Put it into the repository and name the file in the task.',
    )
  }
  return task
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw unreadable(file, error)
  }
}
