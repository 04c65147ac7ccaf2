import {readFile} from 'node:fs/promises'
import {usageError} from '@gtown/sdk'
import {unreadable} from '@gtown/sdk/files'

/** The system takes no longer text as an argument of a program than twice that, in bytes. */
const LONGEST = 64 * 1024

/** The task that the flags give, or undefined. Rejects, with a usage error, a text that no agent could be given. */
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
  if (Buffer.byteLength(task) > LONGEST) {
    throw usageError(
      `${flag} is longer than ${LONGEST} bytes`,
      'Put it into the repository, and name the file.',
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
