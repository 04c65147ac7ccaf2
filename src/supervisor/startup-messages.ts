import {ErrorCode, GtError, type Session, type SessionBackend} from '@gtown/sdk'
import {deliver} from '../typing/deliver.js'
import {observe} from '../typing/observe.js'
import type {Attempt, PromptTarget} from '../typing/prompt-target.js'
import {submit} from '../typing/submit.js'
import {timerOf} from '../typing/timer.js'
import type {Services} from './services.js'

/** How long an agent may be at work, or ask something, before a message is given up. */
const TAKEN_WITHIN_MS = 30_000
const BETWEEN_TRIES_MS = 250

/** How long a typed message may take to show on the screen. */
const SHOWN_WITHIN_MS = 2000
const PAUSE_MS = 25
/** Some agents take an Enter that follows at once for a part of the pasted text. */
const ENTER_DELAY_MS = 150
const LINES = 1000

interface Listener {
  services: Pick<Services, 'env' | 'warn' | 'timer'>
  backend: SessionBackend
  session: Session
  signal?: AbortSignal | undefined
}

/**
 * Tells messages to an agent that could not be given a prompt. Where its state can be read, each is typed only into an
 * idle, empty prompt; one that it does not take is warned of, and none follows it. Where nothing is known of its
 * screen, each is typed, and one that leaves no trace is warned of.
 */
export async function typeStartupMessages(listener: Listener, messages: readonly string[]): Promise<void> {
  const {services, backend, signal} = listener
  if (!canType(backend)) {
    services.warn('this session backend cannot type: the agent was not told what to do')
    return
  }
  for (const message of messages) {
    signal?.throwIfAborted()
    const reason = (await isReadable(listener))
      ? await tell(listener, backend, message)
      : await typeUnseen(listener, backend, message)
    if (reason === undefined) continue
    services.warn(`the agent in session '${listener.session.name}' was not told what to do: ${reason}`)
    return
  }
}

type Typing = PromptTarget['backend']

function canType(backend: SessionBackend): backend is Typing {
  return backend.type !== undefined && backend.press !== undefined
}

/** Whether anything can be told of what the agent does. */
async function isReadable(listener: Listener): Promise<boolean> {
  const session = await lookAgain(listener)
  if (!session || !listener.backend.view) return false
  if (session.labels.prompt !== undefined) return true
  const {reading} = await observe(listener.services, listener.backend, session)
  return reading.state !== 'unknown'
}

async function lookAgain({backend, session}: Listener): Promise<Session | undefined> {
  const now = await backend.inspect(session.name, {view: true})
  return now?.incarnation === session.incarnation ? now : undefined
}

/** Why the agent does not take the message; undefined when it did. Rejects when the agent has ended. */
async function tell(listener: Listener, backend: Typing, message: string): Promise<string | undefined> {
  const {services, signal} = listener
  const target: PromptTarget = {
    services,
    backend,
    look: () => lookAgain(listener),
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
  const now = await lookAgain(listener)
  if (now?.liveness === 'alive') return attempt.reason
  throw new GtError(`session '${listener.session.name}' ended while its agent was told what to do`, {
    code: ErrorCode.sessionLost,
  })
}

async function typeUnseen(listener: Listener, backend: Typing, message: string): Promise<undefined> {
  const {services, session, signal} = listener
  const before = await screen(backend, session)
  await backend.type(session, message)
  await timerOf(services).sleep(ENTER_DELAY_MS, signal)
  await backend.press(session, 'Enter')
  if (!(await changed(listener, before))) {
    services.warn(`a startup message left no trace on the screen of session '${session.name}'`)
  }
}

async function changed({services, backend, session}: Listener, before: string): Promise<boolean> {
  const timer = timerOf(services)
  for (const end = timer.now() + SHOWN_WITHIN_MS; timer.now() < end; await timer.sleep(PAUSE_MS)) {
    if ((await screen(backend, session)) !== before) return true
  }
  return false
}

async function screen(backend: SessionBackend, session: Session): Promise<string> {
  return ((await backend.capture?.(session, {lines: LINES})) ?? []).join('\n')
}
