import {type AgentReading, amended, ErrorCode, GtError, hasCode, type Session} from '@gtown/sdk'
import {observe} from '../typing/observe.js'
import {timerOf} from '../typing/timer.js'
import {answer, answerOf, standingFor} from './answer-dialog.js'
import {exitWords} from './exit-words.js'
import type {ReadinessQuery, ReadinessServices, Watch} from './readiness-query.js'
import {isReady, isSettled} from './ready-signs.js'
import {lastLines} from './screen.js'

const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 200

/** A dialog shown this long needs a person. Some dialogs close by themselves sooner. */
const BLOCKED_AFTER_MS = 1500

/** A dialog is answered only after it has been unchanged this long. It may still be drawing, or close by itself. */
const SETTLED_AFTER_MS = 100

/**
 * Waits until the agent is ready, that is, idle or busy. If its state cannot be read, a visible prompt or a minimum
 * lifetime counts. A dialog is answered only if that is allowed and its selected line has been read; any other dialog
 * ends the wait.
 *
 * @returns the session at that moment
 * @throws when the agent ends first, is blocked, is not ready in time, or its session is stopped by someone else
 */
export async function waitUntilReady(services: ReadinessServices, query: ReadinessQuery): Promise<Session> {
  const {signal} = query
  const timer = timerOf(services)
  const watch: Watch = {startedAt: timer.now(), keys: 0}
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted()
    const session = await stillOurs(query)
    if (await isReadyNow(services, query, {session, watch})) return session
    await timer.sleep(pause, signal)
  }
}

/** Checks once. Rejects when the agent can no longer become ready. */
async function isReadyNow(
  services: ReadinessServices,
  query: ReadinessQuery,
  {session, watch}: {session: Session; watch: Watch},
): Promise<boolean> {
  const {backend, timeoutMs} = query
  if (session.liveness === 'dead')
    throw await notReady(query, session, `${exitWords(session.exit)} before it was ready`)
  const observed = await observe(services, backend, session)
  const now = timerOf(services).now()
  const elapsed = now - watch.startedAt
  const stoodMs = standingFor(observed.reading, watch, now)
  const key = elapsed <= timeoutMs ? await answerOf(query, observed, watch) : undefined
  if (key) {
    // A slow agent reads a second Enter later and could confirm the next dialog with it, such as a sign-in.
    if (stoodMs >= SETTLED_AFTER_MS && watch.confirmed !== watch.ask?.words) {
      await answer(services, query, {session, view: observed.view, watch, key})
    }
    watch.restingSince = undefined
    return false
  }
  if (isReady(services, query, {observed, elapsedMs: elapsed})) {
    if (await isSettled(services, query, {observed, watch})) return true
  }
  if (observed.reading.state === 'dialog' && stoodMs >= BLOCKED_AFTER_MS)
    throw await blocked(query, session, observed.reading)
  if (elapsed <= timeoutMs) return false
  throw await notReady(query, session, `showed no sign of readiness within ${timeoutMs / 1000} s`)
}

/** If the agent ended while gt was typing, explains how it ended instead of reporting the failed key. */
export async function explainLoss(query: ReadinessQuery, error: unknown): Promise<unknown> {
  if (!hasCode(error, ErrorCode.sessionLost)) return error
  const now = await query.backend.inspect(query.session.name)
  if (now?.incarnation !== query.session.incarnation || now.liveness !== 'dead') return error
  return notReady(query, now, `${exitWords(now.exit)} before it received its instructions`)
}

async function stillOurs({backend, session}: ReadinessQuery): Promise<Session> {
  const now = await backend.inspect(session.name, {view: true})
  if (now?.incarnation === session.incarnation) return now
  throw new GtError(
    `session '${session.name}' was ${now ? 'replaced' : 'stopped'} while its agent was starting`,
    {
      code: ErrorCode.sessionLost,
      hint: 'Another command, or a hook of the session backend, did that.',
    },
  )
}

async function blocked(query: ReadinessQuery, session: Session, {text = ''}: AgentReading): Promise<GtError> {
  // The dialog's text goes into `details`, where `withScreen` hides secrets.
  const error = await notReady(query, session, 'is blocked by a dialog')
  return amended(error, {
    code: 'AGENT_BLOCKED',
    hint: 'Start it with --accept-dialogs where that answers it, or run the agent once by hand there and answer it.',
    details: {...error.details, dialog: text},
  })
}

async function notReady({backend, chosen}: ReadinessQuery, session: Session, what: string): Promise<GtError> {
  const screen = await lastLines(backend, session)
  const ended = session.liveness === 'dead'
  return new GtError(`agent '${chosen.name}' ${what}`, {
    code: ended ? 'AGENT_EXITED' : 'AGENT_NOT_READY',
    details: {...(ended && {exit: session.exit ?? {}}), screen},
  })
}
