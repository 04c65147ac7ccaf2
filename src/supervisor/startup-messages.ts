import {ErrorCode, GtError, type Session, type SessionBackend} from '@gtown/sdk'
import {deliver} from '../typing/deliver.js'
import {observe} from '../typing/observe.js'
import type {Attempt, PromptTarget} from '../typing/prompt-target.js'
import {submit} from '../typing/submit.js'
import {timerOf} from '../typing/timer.js'
import type {Services} from './services.js'

/** How long an agent may be busy, or ask something, before gt gives up on a message. */
const TAKEN_WITHIN_MS = 30_000
const BETWEEN_TRIES_MS = 250

/** How long a typed message may take to appear on the screen. */
const SHOWN_WITHIN_MS = 2000
const PAUSE_MS = 25
/** Some agents treat an immediate Enter as part of the pasted text. */
const ENTER_DELAY_MS = 150
const LINES = 1000

type MessageServices = Pick<Services, 'env' | 'warn' | 'timer'>

type Typing = PromptTarget['backend']

/** The session whose agent receives the messages. */
interface StartedSession<Backend = SessionBackend> {
  backend: Backend
  session: Session
  signal?: AbortSignal | undefined
}

/**
 * Types messages for an agent that takes no prompt argument. If its state can be read, each message is typed only
 * into an idle, empty prompt; the first one not accepted is warned about and ends the sequence. If nothing is known
 * about its screen, every message is typed, and one that leaves no trace is warned about.
 */
export async function typeStartupMessages(
  services: MessageServices,
  started: StartedSession,
  messages: readonly string[],
): Promise<void> {
  const {backend, session, signal} = started
  if (!canType(backend)) {
    services.warn('this session backend cannot type: the agent did not get its instructions')
    return
  }
  const typed = {backend, session, signal}
  for (const message of messages) {
    signal?.throwIfAborted()
    const reason = (await isReadable(services, started))
      ? await typeMessage(services, typed, message)
      : await typeUnchecked(services, typed, message)
    if (reason === undefined) continue
    services.warn(`the agent in session '${session.name}' did not get its instructions: ${reason}`)
    return
  }
}

function canType(backend: SessionBackend): backend is Typing {
  return backend.type !== undefined && backend.press !== undefined
}

/** Whether the agent's state can be read. */
async function isReadable(services: MessageServices, started: StartedSession): Promise<boolean> {
  const session = await inspectAgain(started)
  if (!session || !started.backend.view) return false
  if (session.labels.prompt !== undefined) return true
  const {reading} = await observe(services, started.backend, session)
  return reading.state !== 'unknown'
}

async function inspectAgain({backend, session}: StartedSession): Promise<Session | undefined> {
  const now = await backend.inspect(session.name, {view: true})
  return now?.incarnation === session.incarnation ? now : undefined
}

/** Returns why the agent did not accept the message; undefined if it did. Rejects if the agent has ended. */
async function typeMessage(
  services: MessageServices,
  started: StartedSession<Typing>,
  message: string,
): Promise<string | undefined> {
  const {backend, session, signal} = started
  const target: PromptTarget = {
    services,
    backend,
    look: () => inspectAgain(started),
    force: false,
    afterLimit: false,
  }
  let attempt: Exclude<Attempt, {outcome: 'delivered'}> = {outcome: 'not_now', reason: 'nothing was tried'}
  const timer = timerOf(services)
  for (const end = timer.now() + TAKEN_WITHIN_MS; timer.now() < end; ) {
    const isTyped: boolean = attempt.outcome === 'typed'
    const next: Attempt = isTyped
      ? await submit(target, message)
      : await deliver(target, message, async () => true)
    if (next.outcome === 'delivered') return undefined
    attempt = next
    if (attempt.outcome === 'failed') break
    await timer.sleep(BETWEEN_TRIES_MS, signal)
  }
  const now = await inspectAgain(started)
  if (now?.liveness === 'alive') return attempt.reason
  throw new GtError(`session '${session.name}' ended while its agent was getting its instructions`, {
    code: ErrorCode.sessionLost,
  })
}

async function typeUnchecked(
  services: MessageServices,
  started: StartedSession<Typing>,
  message: string,
): Promise<undefined> {
  const {backend, session, signal} = started
  const before = await screen(backend, session)
  await backend.type(session, message)
  await timerOf(services).sleep(ENTER_DELAY_MS, signal)
  await backend.press(session, 'Enter')
  if (!(await changed(services, started, before))) {
    services.warn(`a startup message left no trace on the screen of session '${session.name}'`)
  }
}

async function changed(
  services: MessageServices,
  {backend, session}: StartedSession,
  before: string,
): Promise<boolean> {
  const timer = timerOf(services)
  for (const end = timer.now() + SHOWN_WITHIN_MS; timer.now() < end; await timer.sleep(PAUSE_MS)) {
    if ((await screen(backend, session)) !== before) return true
  }
  return false
}

async function screen(backend: SessionBackend, session: Session): Promise<string> {
  return ((await backend.capture?.(session, {lines: LINES})) ?? []).join('\n')
}
