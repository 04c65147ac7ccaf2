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

/** What was typed, whether the terminal marked it as pasted or not. A newline arrives as the Enter key does. */
export function typed(bytes: string): string {
  return bytes.replaceAll('\x1b[200~', '').replaceAll('\x1b[201~', '').replaceAll('\r', '\n')
}
