import {isGtError, type RigRef} from '@gtown/sdk'
import type {RemovedSandbox} from '@gtown/workers/put-away'
import type {Services} from './services.js'

/** Tells until when a sandbox is kept; undefined if that is unknown, or if only the user ends it. */
export type KeptUntil = (sandbox: RemovedSandbox) => Date | undefined

/** Reads from the rig's settings how long its patrol keeps sandboxes. Warns of settings that cannot be used. */
export async function keptUntil({host, warn}: Services, rig: RigRef): Promise<KeptUntil> {
  try {
    const {keepRemovedDays: days} = await host.patrol.read(rig)
    return ({removedAt, verdict}) =>
      verdict.is === 'safe' ? new Date(Date.parse(removedAt) + days * 24 * 3_600_000) : undefined
  } catch (error) {
    if (!isGtError(error)) throw error
    warn(error.message)
    return () => undefined
  }
}
