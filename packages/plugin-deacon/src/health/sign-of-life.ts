import {setTimeout as sleep} from 'node:timers/promises'
import {type AgentState, hasCode, type Peek} from '@gtown/sdk'

/** States that decide a check at once. */
const ALIVE = new Set<AgentState>(['idle', 'draft', 'menu', 'permission', 'question', 'dialog', 'limit'])
const GONE = new Set<AgentState>(['dead', 'shell'])

const PAUSE_MS = 500

export interface Sign {
  outcome: 'responded' | 'no_response' | 'not_running'
  /** The agent's state at that moment; absent if it does not run. */
  state?: AgentState
}

export interface Watch {
  /** Reads the session once. Rejects with `NOT_RUNNING` if the agent has no session. */
  look(): Promise<Peek>
  /** Milliseconds to wait for something new on its screen. */
  timeoutMs: number
  /** Called once, if the first look did not decide. */
  onWait(): void
  signal?: AbortSignal
}

/**
 * Checks whether an agent gives a sign of life. An agent that waits for a task or an answer does so at once; a busy
 * one by new output on its screen. Nothing is typed.
 */
export async function signOfLife(watch: Watch): Promise<Sign> {
  try {
    return await watchFor(watch)
  } catch (error) {
    if (!hasCode(error, 'NOT_RUNNING')) throw error
    return {outcome: 'not_running'}
  }
}

async function watchFor({look, timeoutMs, onWait, signal}: Watch): Promise<Sign> {
  const first = await look()
  // Start the timeout after the first look, which may be slow.
  const deadline = performance.now() + timeoutMs
  let now = first
  while (!ALIVE.has(now.reading.state)) {
    const {state} = now.reading
    if (GONE.has(state)) return {outcome: 'no_response', state}
    if (now.session.lastActivityAt > first.session.lastActivityAt) return {outcome: 'responded', state}
    const left = deadline - performance.now()
    if (left <= 0) return {outcome: 'no_response', state}
    if (now === first) onWait()
    await sleep(Math.min(PAUSE_MS, left), undefined, {...(signal && {signal})})
    now = await look()
  }
  return {outcome: 'responded', state: now.reading.state}
}
