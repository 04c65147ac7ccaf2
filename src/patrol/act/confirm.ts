import {observeSandbox, readRecord} from '@gtown/workers'
import type {Expectation} from '../actions.js'
import {type FoundSession, findSession, listSessions, type SessionObservation} from '../observe/sessions.js'
import type {Job} from './job.js'

/** The worker right before an action, or why the action must not happen. */
export type Confirmation = {is: 'same'; session: FoundSession | undefined} | {is: 'changed'; detail: string}

/** Reads the basis of an action again: the worker's incarnation, its session and its commit. */
export async function confirm(
  {services, ref, worker}: Job,
  {incarnation, session, head}: Expectation,
): Promise<Confirmation> {
  const look = await findSession(services, ref, worker.name, await listSessions(services))
  const difference = differs(look, session)
  if (difference !== undefined) return changed(difference)
  const sandbox = await observeSandbox(services.git, {...ref, name: worker.name})
  if (sandbox.is === 'unknown') return changed(sandbox.detail)
  if ((sandbox.is === 'present' ? sandbox.head : undefined) !== head) return changed('its HEAD has moved')
  const read = await readRecord({...ref, name: worker.name})
  if (read.is === 'unreadable') return changed(read.reason)
  if ((read.is === 'present' ? read.record.incarnation : undefined) !== incarnation)
    return changed('another worker has its name now')
  return {is: 'same', session: look.is === 'found' ? look.found : undefined}
}

function differs(look: SessionObservation, expected: Expectation['session']): string | undefined {
  if (look.is === 'unknown') return look.detail
  if (look.is === 'absent') return expected ? 'its session has ended' : undefined
  const {id, createdAt, attached} = look.found.session
  if (!expected) return 'a session of it has started'
  if (id !== expected.id || createdAt !== expected.createdAt)
    return 'another session took the place of its own'
  return attached > 0 ? 'a terminal shows its session' : undefined
}

const changed = (detail: string): Confirmation => ({is: 'changed', detail})
