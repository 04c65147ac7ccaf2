/** A process whose current directory is a certain one, or below it. */
export interface Occupant {
  pid: number
  /** Its command line, for a person to recognise. */
  command: string
}

export interface SandboxRemoval {
  /** Absolute path of the worktree. */
  path: string
  /** The branch of the origin that the work began from, if not the default branch. */
  base?: string
}

/** `unsafe`: work would be lost. `unknown`: work might be lost. In both cases nothing is removed. */
export type SandboxRemovalResult =
  | {outcome: 'removed'; evidence: readonly string[]; archived: readonly string[]}
  | {outcome: 'refused'; verdict: 'unsafe' | 'unknown'; reasons: readonly string[]}
