import {expectationOf, nothing, type Row, raiseIncident} from './row.js'
import {
  isExiting,
  isSpawning,
  isUnknownForLong,
  isWatched,
  missingSignals,
  type Situation,
} from './situation.js'

/** Rows 0 to 6: the state of the rig, and polecats that have no usable sandbox yet, or no longer. */
export const RIG_ROWS: readonly Row[] = [
  {
    row: '0',
    verdict: 'skipped',
    because: [],
    fits: ({standing}) => standing.value !== 'operational' && standing.value !== 'unknown',
    act: ({standing}) => [{kind: 'observe', reason: `the rig is ${standing.value}`, withheld: []}],
  },
  {
    row: '1',
    verdict: 'indeterminate',
    because: ['sandbox', 'spawned', 'stuck', 'doneIntent', 'mergeRequest', 'work', 'git'],
    fits: (situation) => situation.standing.value === 'unknown' || missingSignals(situation).length > 0,
    act: escalateUnknown,
  },
  {
    row: '2',
    verdict: 'mass event',
    because: [],
    fits: ({massEvent}) => massEvent,
    act: nothing,
  },
  {
    row: '3',
    verdict: 'spawning',
    because: ['spawned', 'sandbox'],
    fits: isSpawning,
    act: nothing,
  },
  {
    row: '4',
    verdict: 'exiting',
    because: ['doneIntent'],
    fits: isExiting,
    act: nothing,
  },
  {
    row: '5',
    verdict: 'orphan session',
    because: ['sandbox'],
    fits: isOrphan,
    act: (situation) => [{kind: 'end-session', expect: expectationOf(situation)}],
  },
  {
    row: '6',
    verdict: 'corrupt sandbox',
    because: ['sandbox'],
    fits: ({signals}) => signals.sandbox.value === 'broken',
    act: (situation) => [
      raiseIncident(
        situation,
        'corrupt sandbox',
        situation.signals.sandbox.detail ?? 'its worktree is broken',
      ),
    ],
  },
]

function escalateUnknown(situation: Situation) {
  const {standing} = situation
  // An unknown standing is one incident of the rig, not one per polecat.
  if (standing.value === 'unknown' || !isUnknownForLong(situation)) return []
  return [raiseIncident(situation, 'indeterminate', `unknown: ${missingSignals(situation).join(', ')}`)]
}

/** Must be seen in two cycles with the same id: a sandbox may be just being created, and a name may be reused. */
function isOrphan(situation: Situation): boolean {
  const {signals, memory, thresholds} = situation
  const {life, sandbox} = signals
  if (!life?.ours || sandbox.value !== 'absent' || isWatched(situation)) return false
  return life.ageMs > thresholds.orphanSessionAge && memory.orphan === life.id
}
