import type {SessionBackend} from '../backend.js'
import type {Session} from '../session.js'
import type {ConformanceContext} from './conformance-case.js'

/** A session whose program writes down all that is typed at it. */
export interface Receiver {
  backend: Required<SessionBackend>
  session: Session
  type(text: string): Promise<void>
  /** All that has arrived, once the text is at its end. */
  received(end: string): Promise<string>
}

/** Starts one. With `paste` its program asks the terminal to mark pasted text. */
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
 * Waits until the terminal shows the text, where the backend can show one: it has then taken all that was printed before
 * it, such as that pasted text is to be marked. A program can only tell that it has handed it over.
 */
async function shown({backend, until}: ConformanceContext, session: Session, text: string): Promise<void> {
  const screen = screenOf(backend)
  if (screen) await until(`'${text}' to be shown`, async () => (await screen(session)).includes(text))
}

/** How the backend shows the rows of a screen; undefined where it shows none. */
function screenOf({
  capture,
  view,
}: Partial<SessionBackend>): ((session: Session) => Promise<string[]>) | undefined {
  if (view) return async (session) => (await view(session)).rows.map((row) => row.trimEnd())
  return capture && ((session) => capture(session, {lines: 10}))
}

/** What was typed, whether the terminal marked it as pasted or not. A newline arrives as the Enter key does. */
export function typed(bytes: string): string {
  return bytes.replaceAll('\x1b[200~', '').replaceAll('\x1b[201~', '').replaceAll('\r', '\n')
}
