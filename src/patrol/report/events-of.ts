import type {NewEvent} from '../../events/event-log.js'
import type {Action} from '../actions.js'
import type {AppliedNotice} from '../mail/apply-notices.js'
import type {PatrolState} from '../memory/memory.js'
import type {Carried, CycleReport} from './report.js'

/** Event types by kind of action. Actions that change nothing have none. */
const TYPES: Partial<Record<Action['kind'], string>> = {
  nudge: 'polecat_nudged',
  escalate: 'escalation_sent',
  resolve: 'escalation_resolved',
  restart: 'polecat_restarted',
  'end-session': 'session_ended',
  nuke: 'polecat_nuked',
  'press-dialog': 'dialog_answered',
}

/** A cycle's events: its actions, and the verdicts that have changed. */
export function eventsOf(report: CycleReport, before: PatrolState | undefined): NewEvent[] {
  const actor = `${report.rig}/witness`
  const context = {rig: report.rig, cycle: report.cycle}
  const ofPolecats = report.polecats.flatMap(({actions, ...polecat}) => {
    const {name, verdict, row, evidence, incarnation} = polecat
    const about = {...context, polecat: name, incarnation, verdict, row, evidence}
    const isNew = before?.polecats[name]?.verdict !== verdict
    const checked: NewEvent = {type: 'polecat_checked', actor, payload: about, visibility: 'audit'}
    return [...(isNew ? [checked] : []), ...actions.flatMap((carried) => eventOf(carried, actor, about))]
  })
  const ofRig = report.rigActions.flatMap((carried) => eventOf(carried, actor, context))
  return [...ofPolecats, ...ofRig]
}

/** Events for the messages that a cycle read. */
export function mailEvents(rig: string, applied: readonly AppliedNotice[]): NewEvent[] {
  return applied.map(({id, subject, worker, acted, effect}) => ({
    type: 'message_read',
    actor: `${rig}/witness`,
    payload: {rig, polecat: worker, message: id, subject, acted, effect},
    visibility: 'audit',
  }))
}

function eventOf({action, outcome}: Carried, actor: string, about: Record<string, unknown>): NewEvent[] {
  const type = action.kind === 'escalate' && action.cause === 'mass event' ? 'mass_death' : TYPES[action.kind]
  if (type === undefined) return []
  return [{type, actor, payload: {...about, action, outcome}, visibility: 'feed'}]
}
