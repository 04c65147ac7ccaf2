/** Milliseconds after a force-kill during which the agent is neither checked nor killed again. */
export const DEFAULT_COOLDOWN_MS = 5 * 60_000
export const DEFAULT_TIMEOUT_MS = 30_000
/** Number of consecutive failed checks after which an agent should be force-killed. */
export const DEFAULT_FAILURES = 3

/** The exit code of a check that recommends a force-kill. Not 2, which means wrong usage. */
export const FORCE_KILL_EXIT_CODE = 5
