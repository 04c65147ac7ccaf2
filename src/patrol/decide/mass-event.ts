import type {Verdict} from '../actions.js'
import type {PolecatMemory} from '../memory/memory.js'
import type {Thresholds} from '../settings/threshold-table.js'
import type {Situation} from './situation.js'
import {isFinished} from './situation.js'

/** A polecat in the previous cycle and now. */
export interface Change {
  before: PolecatMemory | undefined
  situation: Situation
  /** The verdict from its own signals, regardless of the rest of the rig. */
  verdict: Verdict
}

/** After these verdicts a bad one does not count as new, so that a bad rig stays one event. */
const NOT_KNOWN_TO_BE_WELL: ReadonlySet<Verdict> = new Set(['mass event', 'skipped', 'indeterminate'])

const BAD: ReadonlySet<Verdict> = new Set([
  'corrupt sandbox',
  'crash-looping',
  'crashed',
  'stuck',
  'start blocked',
  'hung',
])

/**
 * The reason to treat this cycle's incidents as one mass event; undefined when there is none. Many deaths at once, or
 * half of a rig turning bad at once, have a common cause that restarts cannot fix.
 */
export function findMassEvent(changes: readonly Change[], thresholds: Thresholds): string | undefined {
  const deaths = deathsTogether(changes, thresholds)
  if (deaths >= thresholds.massEventDeaths) return `${deaths} polecats died together`
  const bad = changes.filter(isNewlyBad).length
  const half = bad >= thresholds.massEventHalfOf && bad * 2 >= changes.length
  return half ? `${bad} of ${changes.length} polecats turned bad together` : undefined
}

/** The maximum number of deaths within one window around a death that was noticed in this cycle. */
function deathsTogether(changes: readonly Change[], {massEventWindow}: Thresholds): number {
  const untimely = changes.filter(({situation}) => !isFinished(situation))
  const moments = untimely.flatMap(({situation}) => situation.memory.diedAt ?? [])
  const noticed = untimely.filter(hasJustDied).map(({situation}) => situation.memory.diedAt ?? 0)
  const around = noticed.map(
    (at) => moments.filter((other) => Math.abs(other - at) <= massEventWindow).length,
  )
  return Math.max(0, ...around)
}

function hasJustDied({before, situation: {memory}}: Change): boolean {
  return memory.diedAt !== null && before?.agent === 'alive' && before.incarnation === memory.incarnation
}

function isNewlyBad({before, situation: {memory}, verdict}: Change): boolean {
  if (!before?.verdict || before.incarnation !== memory.incarnation) return false
  return BAD.has(verdict) && !BAD.has(before.verdict) && !NOT_KNOWN_TO_BE_WELL.has(before.verdict)
}
