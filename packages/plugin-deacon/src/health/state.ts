import {join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {readStateOrWarn, withFileLock, writeStateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {happened} from '../happened.js'

const agentHealth = v.pipe(
  v.objectOf({
    last_ping_time: happened,
    last_response_time: happened,
    consecutive_failures: v.count,
    last_force_kill_time: happened,
    last_force_kill_reason: v.ifValid(v.text),
    force_kill_count: v.count,
  }),
  v.transform(v.withoutAbsent),
)

/** The health checks of one agent, with the keys of the file. */
export type AgentHealth = v.InferOutput<typeof agentHealth> & {
  /** The agent's address as given by the caller. */
  agent_id: string
}

export interface Health {
  agents: Map<string, AgentHealth>
  /** Absent when nothing was recorded yet. */
  lastUpdated?: string
}

const format = v.pipe(
  v.objectOf({agents: v.recordOf(agentHealth), last_updated: happened}),
  v.transform(({agents, last_updated}): Health => {
    const entries = Object.entries(agents).map(
      ([agent, health]) => [agent, {agent_id: agent, ...health}] as const,
    )
    return {agents: new Map(entries), ...(last_updated !== undefined && {lastUpdated: last_updated})}
  }),
)

const healthFile = ({root}: Town) => join(root, 'deacon', 'health-check-state.json')

/** The health checks of all agents. An unusable file is set aside with a warning, and counts as empty. */
export async function readHealth(town: Town, warn: (message: string) => void): Promise<Health> {
  return (await readStateOrWarn(healthFile(town), format, warn)) ?? {agents: new Map()}
}

/** The health checks of one agent. An agent that was never checked has no failures. */
export function healthOf({agents}: Health, agent: string): AgentHealth {
  return agents.get(agent) ?? {agent_id: agent, consecutive_failures: 0, force_kill_count: 0}
}

/** Changes the health checks of one agent under a lock, and returns the new ones. */
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

/** Milliseconds until the agent may be force-killed again; 0 when it may be killed now. */
export function cooldownLeft({last_force_kill_time}: AgentHealth, cooldownMs: number, now: number): number {
  if (last_force_kill_time === undefined) return 0
  return Math.max(0, Date.parse(last_force_kill_time) + cooldownMs - now)
}
