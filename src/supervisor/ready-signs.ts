import type {AgentPreset, AgentState} from '@gtown/sdk'
import {kindOf} from '../agents/kind.js'
import {promptSettlesMs} from '../agents/start-dialogs.js'
import type {Observed} from '../typing/observe.js'
import {timerOf} from '../typing/timer.js'
import type {ReadinessQuery, ReadinessServices, Watch} from './readiness-query.js'

/** An unknown agent counts as ready after it has been alive this long. */
const ALIVE_MS = 300

/** Whether the observation shows that the agent is idle or busy. */
export function isReady(
  services: ReadinessServices,
  {chosen}: ReadinessQuery,
  {observed, elapsedMs}: {observed: Observed; elapsedMs: number},
): boolean {
  const {reading} = observed
  switch (reading.state) {
    case 'idle':
    case 'busy':
    case 'draft':
      return true
    case 'permission':
    case 'question':
    case 'limit':
      // The agent is past its start but waits for an answer. The start is done; warn about it.
      if (reading.evidence.every(({source}) => source !== 'screen') || !reading.text) return false
      services.warn(`agent '${chosen.name}' waits for an answer (${reading.state}); see it with gt peek`)
      return true
    case 'unknown':
    case 'starting':
    case 'shell':
      // The shell may be the wrapper that starts the agent.
      return looksReady(chosen.preset, observed, elapsedMs)
    default:
      return false
  }
}

function looksReady(
  {readyPromptPrefix, readyDelayMs = ALIVE_MS}: AgentPreset,
  {reading: {evidence}, view}: Observed,
  elapsedMs: number,
): boolean {
  if (readyPromptPrefix !== undefined && view) return showsPrompt(view.rows, readyPromptPrefix)
  // If gt knows this agent's screens and sees no prompt, elapsed time proves nothing.
  const isKnown = evidence.some(({source}) => source === 'screen')
  return !isKnown && elapsedMs >= readyDelayMs
}

/** A choice such as `❯ 1. Yes`. Dialogs mark it with the same sign as the prompt. */
const CHOICE = /^\s*\S+\s+\d+[.)]/

/** True when a line begins with the prompt and is no marked choice of a dialog. */
export function showsPrompt(lines: readonly string[], prefix: string): boolean {
  return lines.some((line) => {
    const text = line.replaceAll('\u00a0', ' ')
    // Screen lines have no trailing blanks, so an empty prompt may be shorter than its prefix.
    return (text.startsWith(prefix) || text === prefix.trimEnd()) && !CHOICE.test(text)
  })
}

const resting: ReadonlySet<AgentState> = new Set(['idle', 'draft', 'unknown', 'starting', 'shell'])

/** A busy agent has no dialog open. An empty prompt proves that only after a while. */
export async function isSettled(
  services: ReadinessServices,
  {chosen}: ReadinessQuery,
  {observed, watch}: {observed: Observed; watch: Watch},
): Promise<boolean> {
  if (!resting.has(observed.reading.state)) return true
  const now = timerOf(services).now()
  watch.restingSince ??= now
  return now - watch.restingSince >= (await promptSettlesMs(kindOf(chosen.preset)))
}
