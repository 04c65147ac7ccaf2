import {addressOf, type HostEvent, type RoleDefinition, type RoleRef} from '@gtown/sdk'
import {appendEvents} from '../events/event-log.js'
import {appendTownLog} from '../events/town-log.js'

/** Appends to the town's event log; see `HostEvents.append`. */
export async function appendEvent(
  role: RoleDefinition,
  ref: RoleRef,
  {type, payload, line}: HostEvent,
): Promise<void> {
  const of = {...(ref.rig && {rig: ref.rig.name}), ...payload}
  const agent = addressOf(role, ref)
  await appendEvents(ref.town.root, [{type, actor: agent, payload: of, visibility: 'feed'}])
  if (line) await appendTownLog(ref.town.root, [{type: line.kind, agent, context: line.text}], new Date())
}
