import type {Style} from '@gtown/sdk'
import type {Rendered} from '@gtown/sdk/commands'
import {duration} from '../words.js'
import type {Sign} from './sign-of-life.js'
import type {AgentHealth} from './state.js'

/** The result of a health check. */
export interface Verdict {
  agent: string
  sign: Sign
  /** Consecutive failed checks, including this one. */
  failures: number
  /** Number of failures at which it should be force-killed. */
  limit: number
}

/** The change of an agent's recorded health after a check. */
export function afterCheck({outcome}: Sign) {
  return ({consecutive_failures}: AgentHealth, now: string): Partial<AgentHealth> =>
    outcome === 'responded'
      ? {last_ping_time: now, last_response_time: now, consecutive_failures: 0}
      : {last_ping_time: now, consecutive_failures: consecutive_failures + 1}
}

/** Only an agent that failed this check, and too often, should be killed. */
export function shouldForceKill({sign, failures, limit}: Verdict): boolean {
  return sign.outcome === 'no_response' && failures >= limit
}

/** The verdict in the original's words. */
export function renderVerdict(verdict: Verdict, style: Style): Rendered {
  const {agent, sign, failures} = verdict
  const json = {
    agent,
    ...sign,
    consecutive_failures: failures,
    should_force_kill: shouldForceKill(verdict),
  }
  return {text: verdictLines(verdict, style).join('\n'), json}
}

/** An agent that is not checked, with `left` milliseconds of its cooldown remaining. */
export function renderCooldown(agent: string, left: number, {dim}: Style): Rendered {
  return {
    text: `${dim('○')} Agent ${agent} is in cooldown (remaining: ${duration(left)})`,
    json: {agent, outcome: 'in_cooldown', cooldown_remaining_seconds: left / 1000, should_force_kill: false},
  }
}

function verdictLines(verdict: Verdict, {bold, dim}: Style): string[] {
  const {agent, sign, failures, limit} = verdict
  if (sign.outcome === 'not_running') return [`${dim('○')} Agent ${agent} session not running`]
  if (sign.outcome === 'responded') return [`${bold('✓')} Agent ${agent} responded (failures reset to 0)`]
  return [
    `${dim('⚠')} Agent ${agent} did not respond (consecutive failures: ${failures}/${limit})`,
    ...(shouldForceKill(verdict) ? [`${bold('✗')} Agent ${agent} should be force-killed`] : []),
  ]
}
