import type {Action} from '../actions.js'
import {alertsOf} from '../mail/mail-memory.js'
import {resolveAll} from '../memory/incidents.js'
import type {PatrolState} from '../memory/memory.js'
import {isAnotherLife} from '../memory/update-memory.js'
import type {RigSignals} from '../signals.js'
import type {Change} from './mass-event.js'
import {isUnknownForLong} from './situation.js'

/** What a cycle found out about the rig, besides its signals. */
interface Findings {
  changes: readonly Change[]
  massEvent: string | undefined
  doubt: string | undefined
}

/** Actions that do not concern a single existing polecat. */
export function decideForRig(
  signals: RigSignals,
  state: PatrolState | undefined,
  {changes, massEvent, doubt}: Findings,
): Action[] {
  const over = resolveForgotten(signals, state)
  if (doubt !== undefined) return over
  const others = [...alertActions(signals, state), ...standingActions(signals, changes, state)]
  return [...massEventActions(signals, massEvent, state), ...others, ...over]
}

export const isOperational = ({standing}: RigSignals) => standing.value === 'operational'

function massEventActions(
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

/** An unknown standing is one incident for the whole rig, however many polecats it has. */
function standingActions(
  {rig, standing}: RigSignals,
  changes: readonly Change[],
  state: PatrolState | undefined,
): Action[] {
  const key = standingKey(rig)
  const isLong = changes.some(({situation}) => isUnknownForLong(situation))
  if (standing.value !== 'unknown' || !isLong || Object.hasOwn(state?.incidents ?? {}, key)) return []
  const detail = `cannot tell whether it is to be patrolled: ${standing.detail ?? standing.source}`
  return [{kind: 'escalate', cause: 'indeterminate', key, detail}]
}

const standingKey = (rig: string) => `${rig} | indeterminate`

/** One escalation for each alert from messages. */
function alertActions({rig, standing, mail}: RigSignals, state: PatrolState | undefined): Action[] {
  if (standing.value !== 'operational') return []
  return alertsOf(mail)
    .map(({cause, detail, id}) => ({kind: 'escalate' as const, cause, detail, key: alertKey(rig, id)}))
    .filter(({key}) => !Object.hasOwn(state?.incidents ?? {}, key))
}

const alertKey = (rig: string, messageId: string) => `${rig} | message | ${messageId}`

/** Resolves incidents of polecats that are gone or replaced, and rig incidents whose cause is over. */
function resolveForgotten(
  {rig, polecats, mail, standing}: RigSignals,
  state: PatrolState | undefined,
): Action[] {
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
    ...alertsOf(mail).map(({id}) => alertKey(rig, id)),
  ])
  const over = Object.entries(state?.incidents ?? {}).filter(([key]) => !lasting.has(key))
  return [...forgotten, ...resolveAll(Object.fromEntries(over))]
}
