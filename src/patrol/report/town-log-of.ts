import type {TownLogEntry} from '../../events/town-log.js'
import type {Action} from '../actions.js'
import type {AppliedNotice} from '../mail/apply-notices.js'
import type {Death} from './deaths.js'
import type {Outcome} from './outcome.js'
import type {Carried, CycleReport} from './report.js'

/** A cycle's lines in the town's log for people: deaths, finished workers, and completed actions. */
export function townLogOf(
  {rig, polecats, rigActions}: CycleReport,
  deaths: readonly Death[],
  applied: readonly AppliedNotice[],
): TownLogEntry[] {
  const crashed = deaths
    .filter(({isCrash}) => isCrash)
    .map(({worker, reason}) => ({type: 'crash', agent: `${rig}/${worker}`, context: reason}) as const)
  const finished = applied
    .filter(({acted, kind}) => acted && kind === 'done')
    .map(({worker}) => ({type: 'done', agent: `${rig}/${worker}`, context: 'its work'}) as const)
  const ofPolecats = polecats.flatMap(({name, verdict, actions}) =>
    actions.flatMap((carried) => entryOf(carried, `${rig}/${name}`, verdict)),
  )
  return [
    ...crashed,
    ...finished,
    ...ofPolecats,
    ...rigActions.flatMap((carried) => entryOf(carried, `${rig}/witness`, rig)),
  ]
}

const TYPES: Partial<Record<Action['kind'], TownLogEntry['type']>> = {
  nudge: 'nudge',
  restart: 'wake',
  'end-session': 'kill',
  nuke: 'removed',
  escalate: 'escalation_sent',
}

function entryOf({action, outcome}: Carried, agent: string, verdict: string): TownLogEntry[] {
  const type = TYPES[action.kind]
  if (type === undefined || outcome?.is !== 'done') return []
  if (action.kind === 'nudge') return [{type, agent, context: action.text}]
  if (action.kind === 'nuke') return [{type, agent, context: removedWords(verdict, outcome)}]
  if (action.kind !== 'escalate') return [{type, agent, context: verdict}]
  const context = `${action.cause}: ${action.detail}`
  return [{type: action.cause === 'mass event' ? 'mass_death' : type, agent, context}]
}

const removedWords = (verdict: string, {undo}: Outcome) =>
  `sandbox put away (${verdict})${undo === undefined ? '' : `; undo: ${undo}`}`
