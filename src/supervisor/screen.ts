import {ErrorCode, hasCode, type Session, type SessionBackend} from '@gtown/sdk'

const SHOWN_LINES = 20

/** Variables that every session has and that are never secret. Hiding their values would make screens unreadable. */
const OPEN = new Set(['GT_AGENT', 'GT_PROCESS_NAMES', 'GT_SESSION', 'GT_SESSION_ID', 'PWD'])

/** Minimum length of a value worth hiding. Replacing shorter ones would make screens unreadable. */
const SHORTEST_SECRET = 4

/**
 * The last lines of a session's screen, for a message; empty if the backend cannot capture screens or the screen is
 * gone.
 */
export async function lastLines(backend: SessionBackend, session: Session): Promise<string[]> {
  try {
    return (await backend.capture?.(session, {lines: SHOWN_LINES})) ?? []
  } catch (error) {
    if (hasCode(error, ErrorCode.sessionLost)) return []
    throw error
  }
}

/** Replaces the given secret values in the lines. Agents may print their environment in error messages. */
export function redact(lines: readonly string[], secrets: Readonly<Record<string, string>>): string[] {
  const values = Object.values(secrets)
    .flatMap((value) => value.split('\n'))
    .filter((value) => value.length >= SHORTEST_SECRET)
  return lines.map((line) => values.reduce((text, value) => text.replaceAll(value, '***'), line))
}

/** The part of a session's environment that may be secret: everything that neither gt nor the role sets. */
export function secretsOf(
  env: Readonly<Record<string, string>>,
  open: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !OPEN.has(name) && !Object.hasOwn(open, name)),
  )
}
