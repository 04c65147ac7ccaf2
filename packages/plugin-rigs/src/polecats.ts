import {readdirSync, statSync} from 'node:fs'
import {hasErrno, inFolder, unreadable} from '@gtown/sdk/files'

/**
 * The names of a rig's polecats (its workers) in byte order: the directories in `polecats/` that are neither hidden nor
 * links. Empty when `polecats/` does not exist.
 */
export async function listPolecats(rigPath: string): Promise<string[]> {
  const directory = inFolder(rigPath, 'polecats')
  try {
    // Cheaper than catching ENOENT: most of hundreds of rigs may have no polecats.
    if (!statSync(directory, {throwIfNoEntry: false})) return []
    // Synchronous: a turn of the event loop takes longer than the call, and a status may cover hundreds of rigs.
    const entries = readdirSync(directory, {withFileTypes: true})
    const polecats = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    return polecats.map(({name}) => name).sort(compareBytes)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(directory, error)
  }
}

/** Order of the bytes on disk. JavaScript's default order is that of UTF-16 code units. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
