import {alignColumns} from '../align-columns.js'
import {shorten} from '../names.js'
import type {RoleRef} from '../role.js'
import type {RoleStatus} from '../role-status.js'
import type {Style} from '../style.js'
import {messageOf} from './outcomes.js'

/** What is true of one session, or why that cannot be told. */
export type StatusEntry<Ref extends RoleRef> = {ref: Ref} & ({status: RoleStatus} | {error: unknown})

/** `outlived`: the session is gone, and its agent's process lives on. */
export const states = ['running', 'stopped', 'dead', 'outlived', 'unknown'] as const

export type State = (typeof states)[number]

export function stateOf(entry: StatusEntry<RoleRef>): State {
  if ('error' in entry) return 'unknown'
  const {liveness} = entry.status
  if (liveness === 'alive') return 'running'
  return liveness === 'absent' ? 'stopped' : liveness
}

export function reasonOf(entry: StatusEntry<RoleRef>): string | undefined {
  return 'error' in entry ? messageOf(entry.error) : entry.status.reason
}

/** Sessions as a table, one a line. */
export function statusTable(entries: readonly StatusEntry<RoleRef>[], style: Style): string {
  if (entries.length === 0) return 'There are no rigs.'
  const [head = '', ...lines] = alignColumns([
    ['Rig', 'State', 'Agent', 'Backend', 'Since'],
    ...entries.map(rowOf),
  ])
  return [style.bold(head), ...lines].join('\n')
}

function rowOf(entry: StatusEntry<RoleRef>): string[] {
  const reason = reasonOf(entry)
  const state = reason === undefined ? stateOf(entry) : `${stateOf(entry)}: ${shorten(reason, 80)}`
  const name = entry.ref.rig?.name ?? '-'
  if ('error' in entry || !entry.status.session) return [name, state]
  const {backend, session} = entry.status
  return [name, state, session.labels.agent ?? '-', backend, new Date(session.createdAt).toISOString()]
}

/** How many there are of each state, such as `3 running, 1 dead`. */
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
