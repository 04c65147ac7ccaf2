import {setTimeout as sleep} from 'node:timers/promises'
import type {Session, SessionBackend} from '@gtown/sdk'
import type {Services} from './services.js'

/** How long a typed message may take to show on the screen. */
const SHOWN_WITHIN_MS = 2000
const PAUSE_MS = 25
/** Some agents take an Enter that follows at once for a part of the pasted text. */
const ENTER_DELAY_MS = 150
const LINES = 1000

/**
 * Types messages at an agent that could not be given a prompt, and looks that each changed the screen. One that
 * leaves no trace is warned of: whether the agent read it is not known.
 */
export async function typeStartupMessages(
  services: Services,
  backend: SessionBackend,
  session: Session,
  messages: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  if (!backend.type || !backend.press) {
    services.warn(`this session backend cannot type: the agent was not told what to do`)
    return
  }
  for (const message of messages) {
    signal?.throwIfAborted()
    const before = await screen(backend, session)
    await backend.type(session, message)
    await sleep(ENTER_DELAY_MS, undefined, {...(signal && {signal})})
    await backend.press(session, 'Enter')
    if (!(await changed(backend, session, before))) {
      services.warn(`a startup message left no trace on the screen of session '${session.name}'`)
    }
  }
}

async function changed(backend: SessionBackend, session: Session, before: string): Promise<boolean> {
  for (const end = performance.now() + SHOWN_WITHIN_MS; performance.now() < end; ) {
    if ((await screen(backend, session)) !== before) return true
    await sleep(PAUSE_MS)
  }
  return false
}

async function screen(backend: SessionBackend, session: Session): Promise<string> {
  return ((await backend.capture?.(session, {lines: LINES})) ?? []).join('\n')
}
