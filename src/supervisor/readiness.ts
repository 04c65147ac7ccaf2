import {setTimeout as sleep} from 'node:timers/promises'
import {type AgentPreset, ErrorCode, GtError, hasCode, type Session, type SessionBackend} from '@gtown/sdk'
import {exitWords} from './exit-words.js'
import {lastLines} from './screen.js'

/** An agent of which nothing is known counts as ready when it has lived this long. */
const ALIVE_MS = 300
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 200

export interface ReadinessQuery {
  backend: SessionBackend
  session: Session
  agent: {name: string; preset: AgentPreset}
  timeoutMs: number
  signal?: AbortSignal
}

/**
 * Waits until the agent is ready: its prompt stands on the screen, or, where its prompt is not known, it has
 * lived for a while. Presses no key and answers no dialog.
 *
 * @returns the session as it was then
 * @throws when the agent ends first, is not ready in time, or its session is stopped by someone else
 */
export async function waitUntilReady(query: ReadinessQuery): Promise<Session> {
  const {backend, agent, signal} = query
  const started = performance.now()
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted()
    const session = await stillOurs(query)
    if (session.liveness === 'dead')
      throw await notReady(query, session, `${exitWords(session.exit)} before it was ready`)
    const elapsed = performance.now() - started
    if (await isReady(backend, session, agent.preset, elapsed)) return session
    if (elapsed > query.timeoutMs) {
      throw await notReady(query, session, `showed no sign of readiness within ${query.timeoutMs / 1000} s`)
    }
    await sleep(pause, undefined, {...(signal && {signal})}).catch((error) => {
      signal?.throwIfAborted()
      throw error
    })
  }
}

/** For an agent that ended while it was typed at: how it ended, instead of which key it did not take. */
export async function explainLoss(query: ReadinessQuery, error: unknown): Promise<unknown> {
  if (!hasCode(error, ErrorCode.sessionLost)) return error
  const now = await query.backend.inspect(query.session.name)
  if (now?.incarnation !== query.session.incarnation || now.liveness !== 'dead') return error
  return notReady(query, now, `${exitWords(now.exit)} before it was told what to do`)
}

async function stillOurs({backend, session}: ReadinessQuery): Promise<Session> {
  const now = await backend.inspect(session.name)
  if (now?.incarnation === session.incarnation) return now
  throw new GtError(
    `session '${session.name}' was ${now ? 'replaced' : 'stopped'} while its agent was starting`,
    {
      code: ErrorCode.sessionLost,
      hint: 'Another command, or a hook of the session backend, did that.',
    },
  )
}

async function isReady(
  backend: SessionBackend,
  session: Session,
  preset: AgentPreset,
  elapsedMs: number,
): Promise<boolean> {
  if (preset.readyPromptPrefix === undefined || !backend.capture)
    return elapsedMs >= (preset.readyDelayMs ?? ALIVE_MS)
  return showsPrompt(await backend.capture(session, {lines: 1000}), preset.readyPromptPrefix)
}

/** A choice such as `❯ 1. Yes`: a dialog marks it with the very sign of the prompt. */
const CHOICE = /^\s*\S+\s+\d+[.)]/

/** True when a line begins with the prompt and is no marked choice of a dialog. */
export function showsPrompt(lines: readonly string[], prefix: string): boolean {
  return lines.some((line) => {
    const text = line.replaceAll('\u00a0', ' ')
    // A screen has no blanks at the end of a line, so an empty prompt is shorter than its prefix.
    return (text.startsWith(prefix) || text === prefix.trimEnd()) && !CHOICE.test(text)
  })
}

async function notReady({backend, agent}: ReadinessQuery, session: Session, what: string): Promise<GtError> {
  const screen = await lastLines(backend, session)
  const ended = session.liveness === 'dead'
  return new GtError(`agent '${agent.name}' ${what}`, {
    code: ended ? 'AGENT_EXITED' : 'AGENT_NOT_READY',
    details: {...(ended && {exit: session.exit ?? {}}), screen},
  })
}
