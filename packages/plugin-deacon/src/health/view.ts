import type {Style} from '@gtown/sdk'
import type {Rendered} from '@gtown/sdk/commands'
import {duration} from '../words.js'
import {type AgentHealth, cooldownLeft, type Health} from './state.js'

/** The health of all agents: the original's words, and the keys of its file. */
export function renderHealth(
  {agents, lastUpdated}: Health,
  {cooldownMs, now}: {cooldownMs: number; now: number},
  style: Style,
): Rendered {
  const json = {agents: Object.fromEntries(agents), ...(lastUpdated && {last_updated: lastUpdated})}
  if (agents.size === 0) return {text: `${style.dim('○')} No health check state recorded yet`, json}
  const blocks = [...agents.values()]
    .sort((a, b) => (a.agent_id < b.agent_id ? -1 : 1))
    .map((health) => agentLines(health, {cooldownMs, now}, style).join('\n'))
  const title = `${style.bold('●')} Health Check State (updated ${lastUpdated})`
  return {text: [title, ...blocks].join('\n\n'), json}
}

function agentLines(
  health: AgentHealth,
  {cooldownMs, now}: {cooldownMs: number; now: number},
  style: Style,
): string[] {
  const ago = (what: string, time: string | undefined) =>
    time === undefined ? [] : [`  ${what}: ${duration(now - Date.parse(time))} ago`]
  const left = cooldownLeft(health, cooldownMs, now)
  return [
    `Agent: ${style.bold(health.agent_id)}`,
    ...ago('Last ping', health.last_ping_time),
    ...ago('Last response', health.last_response_time),
    `  Consecutive failures: ${health.consecutive_failures}`,
    `  Total force-kills: ${health.force_kill_count}`,
    ...ago('Last force-kill', health.last_force_kill_time),
    ...(health.last_force_kill_reason ? [`  Reason: ${health.last_force_kill_reason}`] : []),
    ...(left > 0 ? [`  Cooldown: ${duration(left)} remaining`] : []),
  ]
}
