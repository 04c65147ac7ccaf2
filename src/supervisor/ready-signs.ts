import type {AgentPreset, AgentState} from '@gtown/sdk'
import {kindOf} from '../agents/kind.js'
import {promptSettlesMs} from '../agents/start-dialogs.js'
import type {Observed} from '../typing/observe.js'
import {timerOf} from '../typing/timer.js'
import type {ReadinessQuery, ReadinessServices, Watch} from './readiness-query.js'

/** An agent of which nothing is known counts as ready when it has lived this long. */
const ALIVE_MS = 300

/** Whether what was seen says that the agent is idle, or at work. */
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
      // It is at work, and got stuck there: no longer the start's affair, but worth a word.
      if (reading.evidence.every(({source}) => source !== 'screen') || !reading.text) return false
      services.warn(`agent '${chosen.name}' waits for an answer (${reading.state}): look at it with gt peek`)
      return true
    case 'unknown':
    case 'starting':
    case 'shell':
      // A shell in front may be what the agent was started through.
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
  // Of a screen that is known, and shows no prompt yet, time proves nothing.
  const isKnown = evidence.some(({source}) => source === 'screen')
  return !isKnown && elapsedMs >= readyDelayMs
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

const resting: ReadonlySet<AgentState> = new Set(['idle', 'draft', 'unknown', 'starting', 'shell'])

/** Work proves that no dialog stands in its way; an empty prompt does so only after a while. */
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
