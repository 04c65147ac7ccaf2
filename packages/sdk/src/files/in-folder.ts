/**
 * The path of what has that name in the folder. Does what `join` does for a normal path, which that looks at character by
 * character: of the files of hundreds of rigs it would take as long as to read them.
 */
export function inFolder(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}
