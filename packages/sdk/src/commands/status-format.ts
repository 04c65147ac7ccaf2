import {usageError} from '../errors.js'
import type {RoleRef} from '../role.js'
import {countStates, type StatusEntry, stateOf, states, statusReason} from './status-entry.js'

type Entries = readonly StatusEntry<RoleRef>[]
type Fields = Record<string, (entries: Entries) => string | number | undefined>

/** Template fields for a single session. */
const ofOne: Fields = {
  rig: ([entry]) => entry?.ref.rig?.name,
  state: ([entry]) => entry && stateOf(entry),
  reason: ([entry]) => entry && statusReason(entry),
  session: ([entry]) => statusOf(entry)?.sessionName,
  backend: ([entry]) => statusOf(entry)?.backend,
  agent: ([entry]) => statusOf(entry)?.session?.labels.agent,
  doing: ([entry]) => statusOf(entry)?.reading?.state,
  pid: ([entry]) => statusOf(entry)?.session?.pid,
  since: ([entry]) => {
    const createdAt = statusOf(entry)?.session?.createdAt
    return createdAt === undefined ? undefined : new Date(createdAt).toISOString()
  },
  workers: ([entry]) => statusOf(entry)?.workers.length,
}

/** Template fields for many sessions. */
const ofMany: Fields = {
  total: (entries) => entries.length,
  ...Object.fromEntries(states.map((state) => [state, (entries: Entries) => countStates(entries)[state]])),
}

function statusOf(entry: StatusEntry<RoleRef> | undefined) {
  return entry && 'status' in entry ? entry.status : undefined
}

/**
 * Parses a template such as `{running}/{total}`. A word in braces is a field, doubled braces are literal.
 *
 * @param many true for counts over all rigs, false for a single session
 * @returns a function that fills the template; unknown values are empty. Throws a usage error for an unknown field.
 */
export function parseFormat(template: string, {many}: {many: boolean}): (entries: Entries) => string {
  const fields = many ? ofMany : ofOne
  const parts = template.split(/(\{\{|\}\}|\{\w*\})/)
  const filled = parts.map((part): ((entries: Entries) => string) => {
    if (part === '{{' || part === '}}') return () => part.slice(1)
    if (!part.startsWith('{')) return () => part
    const name = part.slice(1, -1)
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field) return (entries) => String(field(entries) ?? '')
    throw usageError(`there is no field ${part}`, `There are: ${Object.keys(fields).join(', ')}.`)
  })
  return (entries) => filled.map((fill) => fill(entries)).join('')
}
