import {dirname} from 'node:path'
import {makeOwnFolder, readStateFile, replacePrivateFile, unwritable} from '@gtown/sdk/files'

/** Reads a file of state; one that cannot be used is set aside and counts as none, which is warned of in one line. */
export async function readState<T>(
  file: string,
  parse: (value: unknown) => T | undefined,
  warn: (message: string) => void,
): Promise<T | undefined> {
  const {state, setAside} = await readStateFile(file, parse)
  if (setAside !== undefined) warn(`${file} cannot be used; it was set aside as ${setAside}`)
  return state
}

/**
 * Writes a file of state, whole or not at all, readable by its owner only. Rejects with `UNWRITABLE`.
 *
 * @param parents the folders above its own that may have to be made first, the outermost first
 */
export async function writeState(
  file: string,
  value: unknown,
  parents: readonly string[] = [],
): Promise<void> {
  try {
    for (const folder of [...parents, dirname(file)]) await makeOwnFolder(folder, 0o755)
  } catch (error) {
    throw unwritable(file, error)
  }
  await replacePrivateFile(file, `${JSON.stringify(value, null, 2)}\n`)
}
