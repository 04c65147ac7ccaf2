import type {RoleRef, SessionBackend} from '@gtown/sdk'
import type {SessionOf} from './agent-ref.js'
import type {Services} from './services.js'
import {readRecord, type SessionRecord} from './session-record/read.js'

/**
 * The backend that the agent's session is on: the recorded one and no other, whatever is configured by now. Without a
 * record, the first that can be used: what runs elsewhere is always recorded.
 */
export async function backendOf(
  services: Services,
  agent: SessionOf,
): Promise<{backend: SessionBackend; record: SessionRecord | undefined}> {
  const record = readRecord(services, agent)
  const backend = await (record ? services.backendNamed(record.backend) : services.firstBackend())
  return {backend, record}
}

/** The backend for a new session: the one asked for, else `GT_BACKEND`, else the settings', else the first that can be used. */
export async function chooseBackend(
  services: Services,
  ref: RoleRef,
  requested?: string,
): Promise<SessionBackend> {
  const name = requested ?? (services.env.GT_BACKEND || undefined) ?? (await configured(ref))
  return name === undefined ? services.firstBackend() : services.backendNamed(name)
}

async function configured(ref: RoleRef): Promise<string | undefined> {
  const settings = await (ref.rig ?? ref.town).agentSettings()
  return settings.find(({sessionBackend}) => sessionBackend !== undefined)?.sessionBackend
}
