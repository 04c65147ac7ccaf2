import {ErrorCode, hasCode, type Session, type SessionBackend} from '@gtown/sdk'

const SHOWN_LINES = 20

/** What every session has, and none keeps secret: hidden, it would make a screen unreadable. */
const OPEN = new Set(['GT_AGENT', 'GT_PROCESS_NAMES', 'GT_SESSION', 'GT_SESSION_ID', 'PWD'])

/** Shorter values are no secrets, and hiding them would blacken half the screen. */
const SHORTEST_SECRET = 4

/** The last lines of a session's screen, for a message; empty where the backend cannot tell, or the screen is gone. */
export async function lastLines(backend: SessionBackend, session: Session): Promise<string[]> {
  try {
    return (await backend.capture?.(session, {lines: SHOWN_LINES})) ?? []
  } catch (error) {
    if (hasCode(error, ErrorCode.sessionLost)) return []
    throw error
  }
}

/** The lines without any value that the environment was given for this agent: it may be a secret, and agents print what hurts them. */
export function redact(lines: readonly string[], secrets: Readonly<Record<string, string>>): string[] {
  const values = Object.values(secrets)
    .flatMap((value) => value.split('\n'))
    .filter((value) => value.length >= SHORTEST_SECRET)
  return lines.map((line) => values.reduce((text, value) => text.replaceAll(value, '***'), line))
}

/** What of a session's environment may be secret: everything that its role, or gt for it, does not itself set. */
export function secretsOf(
  env: Readonly<Record<string, string>>,
  open: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !OPEN.has(name) && !Object.hasOwn(open, name)),
  )
}
