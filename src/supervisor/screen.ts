import type {Session, SessionBackend, SessionSpec} from '@gtown/sdk'

const SHOWN_LINES = 20

/** Shorter values are no secrets, and hiding them would blacken half the screen. */
const SHORTEST_SECRET = 4

/** The last lines of a session's screen, for a message; empty where the backend cannot tell. */
export async function lastLines(backend: SessionBackend, session: Session): Promise<string[]> {
  return (await backend.capture?.(session, {lines: SHOWN_LINES})) ?? []
}

/** The lines without any value that the environment was given for this agent: it may be a secret, and agents print what hurts them. */
export function redact(lines: readonly string[], secrets: Readonly<Record<string, string>>): string[] {
  const values = Object.values(secrets)
    .flatMap((value) => value.split('\n'))
    .filter((value) => value.length >= SHORTEST_SECRET)
  return lines.map((line) => values.reduce((text, value) => text.replaceAll(value, '***'), line))
}

/** What of a session's environment may be secret: everything that its role does not itself set. */
export function secretsOf(spec: SessionSpec, open: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(spec.env).filter(([name]) => !Object.hasOwn(open, name)))
}
