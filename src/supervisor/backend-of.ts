import type {RoleRef, SessionBackend} from '@gtown/sdk'
import type {SessionOf} from './agent-ref.js'
import type {Services} from './services.js'
import {readRecord, type SessionRecord} from './session-record/read.js'

/**
 * The backend of the agent's session: the recorded one, whatever the settings say now. Without a record, the first
 * available backend, because every session on another backend has a record.
 */
export async function backendOf(
  services: Services,
  agent: SessionOf,
): Promise<{backend: SessionBackend; record: SessionRecord | undefined}> {
  const record = readRecord(services, agent)
  const backend = await (record ? services.backendNamed(record.backend) : services.firstBackend())
  return {backend, record}
}

/** The backend for a new session: `requested`, else `GT_BACKEND`, else the settings, else the first available one. */
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
