import {addressOf, type RoleDefinition, type RoleRef} from '@gtown/sdk'
import {appendEvents} from '../events/event-log.js'

/** Adds a line to the town's log of events. */
export async function noteEvent(
  role: RoleDefinition,
  ref: RoleRef,
  type: string,
  payload: Record<string, unknown>,
): Promise<void> {
  const of = {...(ref.rig && {rig: ref.rig.name}), ...payload}
  await appendEvents(ref.town.root, [{type, actor: addressOf(role, ref), payload: of, visibility: 'feed'}])
}
