/** Milliseconds in which an agent that was force-killed is neither checked nor killed again. */
export const DEFAULT_COOLDOWN_MS = 5 * 60_000
export const DEFAULT_TIMEOUT_MS = 30_000
/** How many checks in a row an agent may fail before it should be force-killed. */
export const DEFAULT_FAILURES = 3

/** The exit code of a check that recommends to force-kill. Not 2, which tells that a command was called wrongly. */
export const FORCE_KILL_EXIT_CODE = 5
