/** What gt and the original write into a sandbox. Of no other untracked file is it known that it holds no work. */
export const RUNTIME_PATHS = ['.beads/redirect', '.logs/', '.runtime/']
