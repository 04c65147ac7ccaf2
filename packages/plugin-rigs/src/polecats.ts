import {readdirSync, statSync} from 'node:fs'
import {hasErrno, inFolder, unreadable} from '@gtown/sdk/files'

/**
 * The names of a rig's polecats, its workers, in byte order: the directories in `polecats/` that are neither
 * hidden nor links. None when there is no such directory.
 */
export async function listPolecats(rigPath: string): Promise<string[]> {
  const directory = inFolder(rigPath, 'polecats')
  try {
    // To make an error takes far longer, and of hundreds of rigs most may have none.
    if (!statSync(directory, {throwIfNoEntry: false})) return []
    // A turn of the event loop takes longer than the call, and a status may be of hundreds of rigs.
    const entries = readdirSync(directory, {withFileTypes: true})
    const polecats = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    return polecats.map(({name}) => name).sort(compareBytes)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(directory, error)
  }
}

/** JavaScript's own order is that of UTF-16, which differs from the order of the bytes on disk. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
