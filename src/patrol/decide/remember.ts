import type {Action} from '../actions.js'
import {incidentsAfter} from '../memory/incidents.js'
import type {PolecatMemory} from '../memory/memory.js'
import type {Proposal} from './restrain.js'
import {agentFor, type Situation} from './situation.js'

/** Maximum number of remembered restarts. The back-off has reached its maximum long before. */
const KEPT_RESTARTS = 20

/**
 * A polecat's memory after its actions were decided. It is written before they are carried out, so that a patrol that is
 * killed in between does too little, but nothing twice.
 */
export function remember({situation, row, actions}: Proposal): PolecatMemory {
  const {memory, signals, time} = situation
  const {verdict} = row
  const seen: PolecatMemory = {
    ...memory,
    verdict,
    verdictSince: verdict === memory.verdict ? memory.verdictSince : time.now,
    unknownCycles: unknownCycles(memory, verdict),
    orphan: signals.life && signals.sandbox.value === 'absent' ? signals.life.id : null,
    crashLooping: memory.crashLooping || verdict === 'crash-looping',
    incidents: incidentsAfter(memory.incidents, actions, time.now),
    refused: verdict === memory.verdict ? memory.refused : null,
    ...(verdict === 'healthy' && afterHealth(situation)),
  }
  return Object.assign(seen, ...actions.map((action) => traceOf(action, seen, time.now)))
}

function unknownCycles(memory: PolecatMemory, verdict: string): number {
  if (verdict === 'indeterminate') return memory.unknownCycles + 1
  return verdict === 'skipped' || verdict === 'mass event' ? memory.unknownCycles : 0
}

function afterHealth(situation: Situation): Partial<PolecatMemory> {
  const stable = agentFor(situation) >= situation.thresholds.forgetRestartsAfter
  return {
    dialogTries: 0,
    failedProbes: 0,
    ...(stable && {restarts: [], restartAllowedAt: 0, crashLooping: false}),
  }
}

/** The change of memory that an action causes. */
function traceOf(action: Action, memory: PolecatMemory, now: number): Partial<PolecatMemory> {
  switch (action.kind) {
    case 'nudge': {
      const {nudges, limit, verdict} = memory
      return {
        nudges: {
          count: nudges.count + 1,
          lastAt: now,
          withDeadline: nudges.withDeadline || action.deadlineMs !== undefined,
        },
        limit: limit && {...limit, nudged: limit.nudged || verdict === 'limited'},
      }
    }
    case 'restart':
      return {
        restarts: [...memory.restarts, now].slice(-KEPT_RESTARTS),
        restartAllowedAt: now + action.backoffMs,
      }
    case 'press-dialog':
      return {dialogTries: memory.dialogTries + 1}
    default:
      return {}
  }
}
