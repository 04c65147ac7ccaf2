import type {Action} from '../actions.js'
import type {Incidents, PatrolState, PolecatMemory} from './memory.js'

/**
 * The state without the trace of a refused action, whose basis had changed or whose recipients could not be reached. The
 * next cycle may decide it again. Not for an action that was started and failed.
 *
 * @param polecat undefined for an action of the whole rig
 */
export function revertAction(state: PatrolState, polecat: string | undefined, action: Action): PatrolState {
  if (polecat === undefined) return {...state, incidents: revertIncidents(state.incidents, action, state.now)}
  const memory = state.polecats[polecat]
  if (!memory) return state
  const next = {...memory, ...reverted(memory, action, state.now)}
  return {...state, polecats: {...state.polecats, [polecat]: next}}
}

function reverted(memory: PolecatMemory, action: Action, now: number): Partial<PolecatMemory> {
  switch (action.kind) {
    case 'escalate':
    case 'resolve':
      return {incidents: revertIncidents(memory.incidents, action, now)}
    case 'nudge': {
      const {nudges, limit} = memory
      return {
        // The nudge was allowed, so the previous one was long enough ago.
        nudges: {
          count: nudges.count - 1,
          lastAt: null,
          withDeadline: nudges.withDeadline && action.deadlineMs === undefined,
        },
        limit: limit && {...limit, nudged: limit.nudged && memory.verdict !== 'limited'},
      }
    }
    case 'restart':
      return {restarts: memory.restarts.slice(0, -1), restartAllowedAt: 0}
    case 'press-dialog':
      return {dialogTries: memory.dialogTries - 1}
    default:
      return {}
  }
}

function revertIncidents(incidents: Incidents, action: Action, now: number): Incidents {
  if (action.kind === 'resolve') return {...incidents, [action.key]: {cause: action.cause, since: now}}
  if (action.kind !== 'escalate') return incidents
  return Object.fromEntries(Object.entries(incidents).filter(([key]) => key !== action.key))
}
