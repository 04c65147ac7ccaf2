/**
 * Files that gt, the original Gas Town and agents write into a sandbox, relative to it; a path that ends in `/` is a
 * folder. They are not work. Any other untracked file may be, and neither `gt done` nor the gate ignores it.
 */
export const RUNTIME_PATHS = [
  '.beads/redirect',
  '.claude/settings.local.json',
  '.logs/',
  '.runtime/',
] as const

/**
 * The runtime paths of one repository: without the folders in which the project itself keeps files. There, an untracked
 * file may be work.
 *
 * @param listTracked lists the tracked files in these folders
 */
export async function runtimePathsOf(
  listTracked: (folders: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const tracked = await listTracked(RUNTIME_PATHS.filter(isFolder))
  return RUNTIME_PATHS.filter((own) => !isFolder(own) || !tracked.some((path) => path.startsWith(own)))
}

/**
 * True for an untracked file that is not work.
 *
 * @param entry as `git status --porcelain -z` prints it
 */
export function isRuntimeFile(entry: string, runtimePaths: readonly string[] = RUNTIME_PATHS): boolean {
  return entry.startsWith('?? ') && isRuntimePath(entry.slice(3), runtimePaths)
}

/** True for a path of a file or folder, relative to the sandbox, that is not work unless the project tracks it. */
export function isRuntimePath(path: string, runtimePaths: readonly string[] = RUNTIME_PATHS): boolean {
  return runtimePaths.some((own) => path === own || (isFolder(own) && path.startsWith(own)))
}

const isFolder = (path: string) => path.endsWith('/')
