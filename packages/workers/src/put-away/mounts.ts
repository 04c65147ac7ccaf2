import {lstat, readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {isInside} from '../removal-gate/identify.js'

/**
 * Lists the mount points at a folder or below it. A rename would carry them along, and a deletion would enter them.
 *
 * @param folder absolute path without links
 */
export async function mountsIn(folder: string): Promise<string[]> {
  const table = process.platform === 'linux' ? await readMounts() : undefined
  return table ? table.filter((mount) => isInside(mount, folder)) : await otherDevices(folder)
}

async function readMounts(): Promise<string[] | undefined> {
  try {
    const text = await readFile('/proc/self/mountinfo', 'latin1')
    const fields = text.split('\n').map((line) => line.split(' ')[4])
    return fields.filter((field) => field !== undefined).map(unescaped)
  } catch {
    return undefined
  }
}

/** Decodes the octal escapes that mountinfo uses for blanks and backslashes, see proc_pid_mountinfo(5). */
function unescaped(field: string): string {
  const bytes = field.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  )
  return Buffer.from(bytes, 'latin1').toString()
}

/** Finds folders on a different device from their parent, for systems without a list of mounts. */
async function otherDevices(folder: string): Promise<string[]> {
  const {dev} = await lstat(join(folder, '..'))
  return await devicesBelow(folder, dev)
}

async function devicesBelow(folder: string, device: number): Promise<string[]> {
  const stats = await lstat(folder)
  if (stats.dev !== device) return [folder]
  if (!stats.isDirectory()) return []
  const found: string[] = []
  for (const entry of await readdir(folder, {withFileTypes: true})) {
    if (entry.isDirectory()) found.push(...(await devicesBelow(join(folder, entry.name), device)))
  }
  return found
}
