import type {RigRef} from '@gtown/sdk'
import type {Action, PolecatDecision} from '../actions.js'
import type {Decision} from '../decide/decide.js'
import type {PatrolState} from '../memory/memory.js'
import {revertAction} from '../memory/revert-action.js'
import type {FoundRig} from '../observe/observe-rig.js'
import {done, type Outcome, refused} from '../report/outcome.js'
import type {Carried} from '../report/report.js'
import type {PatrolServices} from '../services.js'
import type {PatrolSettings} from '../settings/settings.js'
import {answerDialog} from './answer-dialog.js'
import {endSession} from './end-session.js'
import type {Job} from './job.js'
import {incidentOf, notifyIncident} from './notify-incident.js'
import {nudgeWorker} from './nudge-worker.js'
import {nuke} from './nuke.js'
import {withRefusal} from './refusals.js'
import {restartWorker} from './restart-worker.js'

export interface Assignment {
  services: PatrolServices
  ref: RigRef
  settings: PatrolSettings
  found: FoundRig
  decision: Decision
  /** Ends the cycle after the current action. */
  signal: AbortSignal
}

export interface CarriedOut {
  polecats: ReadonlyMap<string, readonly Carried[]>
  rigActions: readonly Carried[]
  /** The state without the traces of refused actions, and with their number. */
  next: PatrolState
}

/** Carries out the decisions one by one. When a worker's session could not be ended, its later actions are refused. */
export async function carryOut(assignment: Assignment): Promise<CarriedOut> {
  const {decision} = assignment
  let {next} = decision
  const rigActions: Carried[] = []
  for (const action of decision.rigActions) {
    const outcome = await performForRig(assignment, action)
    if (outcome.is === 'refused') next = revertAction(next, undefined, action)
    rigActions.push({action, outcome})
  }
  const polecats = new Map<string, readonly Carried[]>()
  for (const polecat of decision.polecats) {
    const carried = await performAll(assignment, polecat)
    for (const {action, outcome} of carried) {
      if (outcome.is === 'refused') next = revertAction(next, polecat.name, action)
    }
    next = countRefusals(next, polecat.name, carried)
    polecats.set(polecat.name, carried)
  }
  return {polecats, rigActions, next}
}

function countRefusals(state: PatrolState, name: string, carried: readonly Carried[]): PatrolState {
  const memory = state.polecats[name]
  const after = memory && withRefusal(memory, carried)
  return !after || after === memory ? state : {...state, polecats: {...state.polecats, [name]: after}}
}

type Done = Required<Carried>

async function performAll(assignment: Assignment, polecat: PolecatDecision): Promise<Done[]> {
  const carried: Done[] = []
  let isStopped = false
  for (const action of polecat.actions) {
    const outcome: Outcome = isStopped
      ? refused('its session could not be ended first')
      : assignment.signal.aborted
        ? refused('the patrol was ended')
        : await perform(assignment, polecat, action)
    isStopped ||= action.kind === 'end-session' && outcome.is !== 'done'
    carried.push({action, outcome})
  }
  return carried
}

async function perform(assignment: Assignment, polecat: PolecatDecision, action: Action): Promise<Outcome> {
  const {services, ref, settings, found, signal} = assignment
  const worker = found.workers.get(polecat.name)
  if (!worker) return refused('it is gone')
  const job: Job = {services, ref, worker, signal}
  switch (action.kind) {
    case 'none':
    case 'observe':
      return done()
    case 'nudge':
      return await nudgeWorker(job, action)
    case 'restart':
      return await restartWorker(job, action.expect)
    case 'end-session':
      return await endSession(job, action.expect)
    case 'nuke':
      return await nuke(job, action.expect)
    case 'escalate':
    case 'resolve':
      return await notifyIncident(
        {services, ref, escalation: settings.escalation},
        incidentOf(action, ref.rig.name, polecat),
      )
    case 'press-dialog':
      return await answerDialog(job, action.expect)
  }
}

async function performForRig({services, ref, settings}: Assignment, action: Action): Promise<Outcome> {
  if (action.kind !== 'escalate' && action.kind !== 'resolve') return done()
  return await notifyIncident(
    {services, ref, escalation: settings.escalation},
    incidentOf(action, ref.rig.name),
  )
}
