import type {SessionBackend} from '../backend.js'
import type {Session} from '../session.js'
import type {ConformanceContext} from './conformance-case.js'

/** A session whose program records everything typed into it. */
export interface Receiver {
  backend: Required<SessionBackend>
  session: Session
  type(text: string): Promise<void>
  /** Waits until the input ends with the text, and returns all of it. */
  received(end: string): Promise<string>
}

/** Starts a receiver. With `paste`, its program enables bracketed paste. */
export async function receiver(
  context: ConformanceContext,
  mode: 'plain' | 'paste' = 'plain',
  name = context.uniqueName(),
): Promise<Receiver> {
  const {backend, spec, file, program, report, read, until} = context
  const input = file(`input-${name}`)
  const session = await backend.start(spec({name, command: program('receive', input, mode)}))
  await report(`${input}.ready`)
  await shown(context, session, 'receiving')
  return {
    backend,
    session,
    type: async (text) => backend.type(session, text),
    received: (end) =>
      until(`${JSON.stringify(end)} to arrive`, async () => {
        const all = await read(input)
        return all.endsWith(end) && all
      }),
  }
}

/**
 * Waits until the terminal shows the text, if the backend can show screens. The terminal has then processed all
 * earlier output, such as the switch to bracketed paste.
 */
async function shown({backend, until}: ConformanceContext, session: Session, text: string): Promise<void> {
  const screen = screenOf(backend)
  if (screen) await until(`'${text}' to be shown`, async () => (await screen(session)).includes(text))
}

/** Reads the rows of a screen; undefined if the backend cannot show screens. */
function screenOf({
  capture,
  view,
}: Partial<SessionBackend>): ((session: Session) => Promise<string[]>) | undefined {
  if (view) return async (session) => (await view(session)).rows.map((row) => row.trimEnd())
  return capture && ((session) => capture(session, {lines: 10}))
}

/** The typed text, without paste markers. A newline arrives like the Enter key. */
export function typed(bytes: string): string {
  return bytes.replaceAll('\x1b[200~', '').replaceAll('\x1b[201~', '').replaceAll('\r', '\n')
}
