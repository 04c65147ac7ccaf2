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
 * True for an untracked file that is not work.
 *
 * @param entry as `git status --porcelain -z` prints it
 */
export function isRuntimeFile(entry: string, runtimePaths: readonly string[] = RUNTIME_PATHS): boolean {
  return entry.startsWith('?? ') && isRuntimePath(entry.slice(3), runtimePaths)
}

/** True for one of the paths, and for everything in one of them that is a folder. */
export function isRuntimePath(path: string, runtimePaths: readonly string[] = RUNTIME_PATHS): boolean {
  return runtimePaths.some((own) => path === own || (own.endsWith('/') && path.startsWith(own)))
}
