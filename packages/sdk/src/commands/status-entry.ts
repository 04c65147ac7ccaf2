import {alignColumns} from '../align-columns.js'
import {shorten} from '../names.js'
import type {RoleRef} from '../role.js'
import type {RoleStatus} from '../role-status.js'
import type {Style} from '../style.js'
import {messageOf} from './outcomes.js'

/** The status of one session, or why it is unknown. */
export type StatusEntry<Ref extends RoleRef> = {ref: Ref} & ({status: RoleStatus} | {error: unknown})

/** `outlived`: the session is gone, but its agent's process still runs. */
export const states = ['running', 'stopped', 'dead', 'outlived', 'unknown'] as const

export type State = (typeof states)[number]

export function stateOf(entry: StatusEntry<RoleRef>): State {
  if ('error' in entry) return 'unknown'
  const {liveness} = entry.status
  if (liveness === 'alive') return 'running'
  return liveness === 'absent' ? 'stopped' : liveness
}

export function statusReason(entry: StatusEntry<RoleRef>): string | undefined {
  return 'error' in entry ? messageOf(entry.error) : entry.status.reason
}

/** Formats sessions as a table, one per line. */
export function statusTable(entries: readonly StatusEntry<RoleRef>[], style: Style): string {
  if (entries.length === 0) return 'There are no rigs.'
  const [head = '', ...lines] = alignColumns([
    ['Rig', 'State', 'Agent', 'Backend', 'Since'],
    ...entries.map(rowOf),
  ])
  return [style.bold(head), ...lines].join('\n')
}

function rowOf(entry: StatusEntry<RoleRef>): string[] {
  const reason = statusReason(entry)
  const state = reason === undefined ? stateOf(entry) : `${stateOf(entry)}: ${shorten(reason, 80)}`
  const name = entry.ref.rig?.name ?? '-'
  if ('error' in entry || !entry.status.session) return [name, state]
  const {backend, session} = entry.status
  return [name, state, session.labels.agent ?? '-', backend, new Date(session.createdAt).toISOString()]
}

/** The number of sessions in each state, such as `3 running, 1 dead`. */
export function statusSummary(entries: readonly StatusEntry<RoleRef>[]): string {
  const counts = countStates(entries)
  return states
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${state}`)
    .join(', ')
}

export function countStates(entries: readonly StatusEntry<RoleRef>[]): Record<State, number> {
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>
  for (const entry of entries) counts[stateOf(entry)]++
  return counts
}
