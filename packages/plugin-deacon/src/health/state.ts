import {join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {withFileLock, writeStateFile} from '@gtown/sdk/files'
import {readState} from '../state-folder.js'

/** What is remembered of an agent's health checks, with the keys of its file. Times are ISO 8601. */
export interface AgentHealth {
  /** The agent's address, as it was given. */
  agent_id: string
  last_ping_time?: string
  last_response_time?: string
  consecutive_failures: number
  last_force_kill_time?: string
  last_force_kill_reason?: string
  force_kill_count: number
}

export interface Health {
  agents: Map<string, AgentHealth>
  /** Absent where nothing was recorded yet. */
  lastUpdated?: string
}

const healthFile = ({root}: Town) => join(root, 'deacon', 'health-check-state.json')

/** What is remembered of all agents. */
export async function readHealth(town: Town, warn: (message: string) => void): Promise<Health> {
  return (await readState(healthFile(town), parseHealth, warn)) ?? {agents: new Map()}
}

/** What is remembered of one agent; of one that was never checked, that it never failed. */
export function healthOf({agents}: Health, agent: string): AgentHealth {
  return agents.get(agent) ?? {agent_id: agent, consecutive_failures: 0, force_kill_count: 0}
}

/** Changes what is remembered of one agent, while no other command does; returns what it is now. */
export async function updateHealth(
  town: Town,
  agent: string,
  change: (health: AgentHealth, now: string) => Partial<AgentHealth>,
  warn: (message: string) => void,
): Promise<AgentHealth> {
  const file = healthFile(town)
  return await withFileLock(file, async () => {
    const state = await readHealth(town, warn)
    const before = healthOf(state, agent)
    const now = new Date().toISOString()
    const after = {...before, ...change(before, now)}
    const agents = Object.fromEntries(state.agents.set(agent, after))
    await writeStateFile(file, {agents, last_updated: now})
    return after
  })
}

/** Milliseconds until the agent may be force-killed again; 0 when it may be now. */
export function cooldownLeft({last_force_kill_time}: AgentHealth, cooldownMs: number, now: number): number {
  if (last_force_kill_time === undefined) return 0
  return Math.max(0, Date.parse(last_force_kill_time) + cooldownMs - now)
}

function parseHealth(value: unknown): Health | undefined {
  const {agents, last_updated} = (value ?? {}) as {agents?: unknown; last_updated?: unknown}
  if (typeof agents !== 'object' || agents === null) return undefined
  const parsed = Object.entries(agents).map(([agent, entry]) => [agent, parseAgent(agent, entry)] as const)
  if (!parsed.every((entry): entry is [string, AgentHealth] => entry[1] !== undefined)) return undefined
  return {agents: new Map(parsed), ...(isTime(last_updated) && {lastUpdated: last_updated})}
}

function parseAgent(agent: string, value: unknown): AgentHealth | undefined {
  const entry = (value ?? {}) as Partial<Record<keyof AgentHealth, unknown>>
  const {consecutive_failures: failures, force_kill_count: kills} = entry
  if (!isCount(failures) || !isCount(kills)) return undefined
  const {last_ping_time, last_response_time, last_force_kill_time, last_force_kill_reason} = entry
  return {
    agent_id: agent,
    ...(isTime(last_ping_time) && {last_ping_time}),
    ...(isTime(last_response_time) && {last_response_time}),
    consecutive_failures: failures,
    ...(isTime(last_force_kill_time) && {last_force_kill_time}),
    ...(typeof last_force_kill_reason === 'string' && {last_force_kill_reason}),
    force_kill_count: kills,
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** The original writes the year 1 for what never happened. */
function isTime(value: unknown): value is string {
  return typeof value === 'string' && Date.parse(value) > 0
}
