/**
 * The path of that name in the folder. Equals `join` for normalised paths, but does not scan them character by
 * character. For the files of hundreds of rigs, `join` would take as long as reading them.
 */
export function inFolder(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}
