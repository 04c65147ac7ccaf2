/**
 * What gt, the original and agents' programs write into a sandbox, relative to it; a path that ends in `/` is a folder.
 * They hold no work. Any other untracked file may: neither `gt done` nor the gate overlooks one.
 */
export const RUNTIME_PATHS = [
  '.beads/redirect',
  '.claude/settings.local.json',
  '.logs/',
  '.runtime/',
] as const

/**
 * True for an untracked file that holds no work.
 *
 * @param entry as `git status --porcelain -z` prints it
 */
export function isRuntimeFile(entry: string, runtimePaths: readonly string[] = RUNTIME_PATHS): boolean {
  const path = entry.slice(3)
  const isOwn = runtimePaths.some((own) => path === own || (own.endsWith('/') && path.startsWith(own)))
  return entry.startsWith('?? ') && isOwn
}
