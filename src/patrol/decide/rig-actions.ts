import type {Action} from '../actions.js'
import {alertsOf} from '../mail/mail-memory.js'
import {resolveAll} from '../memory/incidents.js'
import type {PatrolState} from '../memory/memory.js'
import {isAnotherLife} from '../memory/update-memory.js'
import type {Thresholds} from '../settings/threshold-table.js'
import type {RigSignals} from '../signals.js'
import type {Change} from './mass-event.js'
import {isUnknownForLong} from './situation.js'

const DAY_MS = 24 * 3_600_000

/** What a cycle found out about the rig, besides its signals. */
interface Findings {
  changes: readonly Change[]
  massEvent: string | undefined
  doubt: string | undefined
  thresholds: Thresholds
}

/** Actions that do not concern a single existing polecat. */
export function decideForRig(
  signals: RigSignals,
  state: PatrolState | undefined,
  {changes, massEvent, doubt, thresholds}: Findings,
): Action[] {
  const kept = [...overdueRemoved(signals, thresholds), ...failedPurges(signals, state, thresholds)]
  const over = resolveForgotten(signals, state, kept)
  if (doubt !== undefined) return over
  const removed = isOperational(signals) ? kept.filter(({key}) => !isOpen(state, key)) : []
  const others = [...alertActions(signals, state), ...standingActions(signals, changes, state), ...removed]
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

const removedKey = (rig: string, what: 'kept' | 'purge', id: string) => `${rig} | ${what} | ${id}`

const isOpen = (state: PatrolState | undefined, key: string) => Object.hasOwn(state?.incidents ?? {}, key)

type Escalation = Extract<Action, {kind: 'escalate'}>

/** One escalation for each sandbox that was put away long ago, and that only a person may delete. */
function overdueRemoved({rig, removed}: RigSignals, {keepRemovedDays}: Thresholds): Escalation[] {
  if (removed.value === 'unknown') return []
  return removed.value
    .filter(({reasons, ageMs}) => reasons.length > 0 && ageMs > keepRemovedDays * DAY_MS)
    .map(({id, worker, reasons}) => ({
      kind: 'escalate',
      cause: 'keeping work of a removed polecat that may exist nowhere else',
      key: removedKey(rig, 'kept', id),
      detail: [
        `${worker}, for more than ${keepRemovedDays} days: ${reasons.join('; ')}.`,
        `Bring it back: gt polecat restore ${rig}/${worker} --id ${id}.`,
        `Or delete it: gt polecat purge ${rig}/${worker} --id ${id} --unclean`,
      ].join(' '),
    }))
}

/** One escalation for each sandbox that could not be deleted for many cycles. */
function failedPurges(
  {rig}: RigSignals,
  state: PatrolState | undefined,
  {refusedCycles}: Thresholds,
): Escalation[] {
  return Object.entries(state?.purges ?? {})
    .filter(([, {cycles}]) => cycles >= refusedCycles)
    .map(([id, {reason}]) => ({
      kind: 'escalate',
      cause: 'unable to delete a removed sandbox',
      key: removedKey(rig, 'purge', id),
      detail: `${id}: ${reason}`,
    }))
}

/** Resolves incidents of polecats that are gone or replaced, and rig incidents whose cause is over. */
function resolveForgotten(
  {rig, polecats, mail, standing, removed}: RigSignals,
  state: PatrolState | undefined,
  kept: readonly Escalation[],
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
    ...kept.map(({key}) => key),
  ])
  const mayLast = (key: string) => removed.value === 'unknown' && key.startsWith(removedKey(rig, 'kept', ''))
  const over = Object.entries(state?.incidents ?? {}).filter(([key]) => !lasting.has(key) && !mayLast(key))
  return [...forgotten, ...resolveAll(Object.fromEntries(over))]
}
