import {GtError, type WorkAnswer, type WorkQuery, type WorkSource} from '@gtown/sdk'
import {type Bead, isClosed, isKind} from './bead.js'
import type {BeadsRead} from './reader.js'

/** Kinds of beads that may be assigned to workers but are not work. */
const NO_WORK = ['agent', 'merge-request', 'message', 'event', 'escalation', 'rig', 'role']

/** A work source that reads beads; undefined when the rig uses none. */
export function beadsSource(read: BeadsRead): WorkSource | undefined {
  if (read.is === 'unused') return undefined
  return {
    name: 'beads',
    priority: 10,
    async read(query) {
      if (read.is === 'unknown') throw new GtError(`beads: ${read.detail}`, {code: 'BEADS_UNREADABLE'})
      return answer(read.beads, query)
    },
  }
}

function answer(beads: readonly Bead[], query: WorkQuery): WorkAnswer | undefined {
  const request = requestOf(beads, query)
  const work = workOf(beads, query)
  // A task without a bead was given by gt, whose own record answers.
  if (!work && !request && query.task !== undefined) return undefined
  return {work: 'none', mergeRequest: 'none', detail: 'no bead is assigned to it', ...work, ...request}
}

function workOf(beads: readonly Bead[], {rig, worker}: WorkQuery): WorkAnswer | undefined {
  const own = beads.filter(
    (bead) =>
      bead.assignee === `${rig.name}/polecats/${worker}` && !NO_WORK.some((kind) => isKind(bead, kind)),
  )
  // A pinned bead is a permanent note for the assignee, and is never closed.
  const open = own.find((bead) => !isClosed(bead) && bead.status !== 'pinned')
  if (open) return {work: 'open', detail: `${open.id} is ${open.status}`}
  const last = own.reduce<Bead | undefined>((a, b) => (a && a.updatedAt >= b.updatedAt ? a : b), undefined)
  return last && {work: 'terminal', detail: `${last.id} is ${last.status}`}
}

/** The state of the merge requests for the branch. */
function requestOf(beads: readonly Bead[], {branch}: WorkQuery): WorkAnswer | undefined {
  if (branch === undefined) return undefined
  const requests = beads.filter(
    (bead) => isKind(bead, 'merge-request') && lineOf(bead, /^\s*branch\s*:(.*)$/im) === branch,
  )
  if (requests.length === 0) return undefined
  if (requests.some((bead) => !isClosed(bead))) return {mergeRequest: 'open'}
  const isMerged = requests.some((bead) => lineOf(bead, /^\s*close[_-]?reason\s*:(.*)$/im) === 'merged')
  return {mergeRequest: isMerged ? 'merged' : 'none'}
}

/** The value of a field in a description. */
const lineOf = ({description}: Bead, field: RegExp) => field.exec(description)?.[1]?.trim()
