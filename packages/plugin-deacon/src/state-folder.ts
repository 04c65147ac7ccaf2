import {readStateFile} from '@gtown/sdk/files'

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
