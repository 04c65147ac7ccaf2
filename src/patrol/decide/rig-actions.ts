import type {Action} from '../actions.js'
import {callsOf} from '../mail/mail-memory.js'
import {resolveAll} from '../memory/incidents.js'
import type {PatrolState} from '../memory/memory.js'
import {isAnotherLife} from '../memory/update-memory.js'
import type {RigSignals} from '../signals.js'
import type {Change} from './mass-event.js'
import {isUnknownForLong} from './situation.js'

/** What a cycle found of the rig, besides its signals. */
interface Findings {
  changes: readonly Change[]
  massEvent: string | undefined
  doubt: string | undefined
}

/** What concerns no single polecat that is there. */
export function decideForRig(
  signals: RigSignals,
  state: PatrolState | undefined,
  {changes, massEvent, doubt}: Findings,
): Action[] {
  const over = endForgotten(signals, state)
  if (doubt !== undefined) return over
  const told = [...tellCalls(signals, state), ...tellStanding(signals, changes, state)]
  return [...tellMassEvent(signals, massEvent, state), ...told, ...over]
}

export const isOperational = ({standing}: RigSignals) => standing.value === 'operational'

function tellMassEvent(
  {rig, standing}: RigSignals,
  massEvent: string | undefined,
  state: PatrolState | undefined,
): Action[] {
  const key = massEventKey(rig)
  const isOpen = Object.hasOwn(state?.incidents ?? {}, key)
  if (massEvent === undefined) {
    return isOpen && standing.value === 'operational' ? [{kind: 'resolve', cause: 'mass event', key}] : []
  }
  return isOpen ? [] : [{kind: 'escalate', cause: 'mass event', key, detail: massEvent}]
}

const massEventKey = (rig: string) => `${rig} | mass event`

/** That nothing can be told of the rig, which is one incident however many polecats it has. */
function tellStanding(
  {rig, standing}: RigSignals,
  changes: readonly Change[],
  state: PatrolState | undefined,
): Action[] {
  const key = standingKey(rig)
  const isLong = changes.some(({situation}) => isUnknownForLong(situation))
  if (standing.value !== 'unknown' || !isLong || Object.hasOwn(state?.incidents ?? {}, key)) return []
  const detail = `whether it is to be patrolled cannot be told: ${standing.detail ?? standing.source}`
  return [{kind: 'escalate', cause: 'indeterminate', key, detail}]
}

const standingKey = (rig: string) => `${rig} | indeterminate`

/** What messages want a person for, each once. */
function tellCalls({rig, standing, mail}: RigSignals, state: PatrolState | undefined): Action[] {
  if (standing.value !== 'operational') return []
  return callsOf(mail)
    .map(({cause, detail, id}) => ({kind: 'escalate' as const, cause, detail, key: callKey(rig, id)}))
    .filter(({key}) => !Object.hasOwn(state?.incidents ?? {}, key))
}

const callKey = (rig: string, messageId: string) => `${rig} | message | ${messageId}`

/** Incidents of polecats that are gone, or whose name is another's now; and those of which nobody could be told so. */
function endForgotten({rig, polecats, mail, standing}: RigSignals, state: PatrolState | undefined): Action[] {
  const lives = new Map(polecats.map(({name, incarnation}) => [name, {incarnation}]))
  const forgotten = Object.entries(state?.polecats ?? {})
    .filter(([name, memory]) => {
      const life = lives.get(name)
      return !life || isAnotherLife(life.incarnation, memory)
    })
    .flatMap(([, {incidents}]) => resolveAll(incidents))
  const lasting = new Set([
    massEventKey(rig),
    ...(standing.value === 'unknown' ? [standingKey(rig)] : []),
    ...callsOf(mail).map(({id}) => callKey(rig, id)),
  ])
  const over = Object.entries(state?.incidents ?? {}).filter(([key]) => !lasting.has(key))
  return [...forgotten, ...resolveAll(Object.fromEntries(over))]
}
