import {type HostEvent, isGtError} from '@gtown/sdk'
import type {WorkerRef} from '@gtown/workers'
import {polecatRole} from './role.js'
import type {Services} from './services.js'

/** Appends an event about a worker to the town's logs. A failure is only a warning: what it tells of has happened. */
export async function note({host, warn}: Services, ref: WorkerRef, event: HostEvent): Promise<void> {
  try {
    await host.events.append(polecatRole(), ref, event)
  } catch (error) {
    if (!isGtError(error)) throw error
    warn(error.message)
  }
}
