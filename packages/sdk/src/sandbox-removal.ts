export interface SandboxRemoval {
  /** Absolute path of the worktree. */
  path: string
  /** The branch of the origin that the work began from, where it was not the default one. */
  base?: string
}

/** `unsafe`: work would be lost; `unknown`: it cannot be told. Both keep all of it. */
export type SandboxRemovalResult =
  | {outcome: 'removed'; evidence: readonly string[]; archived: readonly string[]}
  | {outcome: 'refused'; verdict: 'unsafe' | 'unknown'; reasons: readonly string[]}
