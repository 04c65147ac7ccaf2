import {addressOf, type HostEvent, type RoleDefinition, type RoleRef} from '@gtown/sdk'
import {appendEvents} from '../events/event-log.js'

/** Appends to the town's event log; see `HostEvents.append`. */
export async function appendEvent(
  role: RoleDefinition,
  ref: RoleRef,
  {type, payload}: HostEvent,
): Promise<void> {
  const of = {...(ref.rig && {rig: ref.rig.name}), ...payload}
  await appendEvents(ref.town.root, [{type, actor: addressOf(role, ref), payload: of, visibility: 'feed'}])
}
