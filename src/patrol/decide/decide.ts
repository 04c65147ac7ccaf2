import type {Action, Evidence, PolecatDecision} from '../actions.js'
import {type CycleTime, cycleTimeOf} from '../memory/clock.js'
import {incidentsAfter, withoutRepeats} from '../memory/incidents.js'
import type {PatrolState, PolecatMemory} from '../memory/memory.js'
import {updateMemory} from '../memory/update-memory.js'
import type {Thresholds} from '../settings/threshold-table.js'
import type {PolecatSignals, RigSignals} from '../signals.js'
import {type Change, findMassEvent} from './mass-event.js'
import {raiseRefused} from './refused.js'
import {remember} from './remember.js'
import {type Proposal, restrain} from './restrain.js'
import {decideForRig, isOperational} from './rig-actions.js'
import type {Row} from './row.js'
import {missingSignals, type Situation} from './situation.js'
import {TABLE} from './table.js'

export interface CycleInput {
  signals: RigSignals
  /** The previous cycle's state; undefined in the first cycle, and when the state was lost. */
  state: PatrolState | undefined
  thresholds: Thresholds
  /** From 0 up to 1, as `Math.random`. Spreads the restarts of several rigs. */
  random: () => number
}

export interface Decision {
  cycle: number
  /** Why this cycle only observes; undefined when it acts. */
  doubt: string | undefined
  polecats: readonly PolecatDecision[]
  /** Actions that do not concern a single existing polecat. */
  rigActions: readonly Action[]
  /** Must be written before anything is carried out. */
  next: PatrolState
}

/**
 * Decides verdicts and actions from the signals of one cycle. Pure: the same input gives the same result. It never
 * decides to end or remove something on the basis of an unknown signal, nor in a cycle without memory or a steady clock.
 */
export function decide(input: CycleInput): Decision {
  const {signals, state, thresholds, random} = input
  const time = cycleTimeOf(state, signals.clock, thresholds)
  const doubt = state ? time.doubt : 'there is no memory of earlier cycles'
  const changes = signals.polecats.map((polecat) => assess(polecat, input, time))
  const massEvent = isOperational(signals) ? findMassEvent(changes, thresholds) : undefined
  const proposals = changes.map(({situation}) =>
    applyTable({...situation, massEvent: massEvent !== undefined}),
  )
  const decided = restrain(proposals.map(raiseRefused), doubt)
    .map((proposal) => jitter(proposal, random))
    .map(dropRepeats)
  const rigActions = decideForRig(signals, state, {changes, massEvent, doubt, thresholds})
  const next = nextState(input, time, decided, rigActions)
  return {cycle: next.cycle, doubt, polecats: decided.map(toDecision), rigActions, next}
}

function nextState(
  {signals, state}: CycleInput,
  time: CycleTime,
  decided: readonly Proposal[],
  rigActions: readonly Action[],
): PatrolState {
  return {
    version: 1,
    cycle: (state?.cycle ?? 0) + 1,
    clock: signals.clock,
    now: time.now,
    trustedSince: time.trustedSince,
    incidents: incidentsAfter(state?.incidents ?? {}, rigActions, time.now),
    polecats: Object.fromEntries(
      decided.map((proposal) => [proposal.situation.signals.name, remember(proposal)]),
    ),
    mail: signals.mail,
    purges: state?.purges ?? {},
  }
}

/**
 * True when the verdict on this polecat depends on G, the removal gate, which has to query the remote. Call it with G
 * unknown.
 */
export function needsGate(polecat: PolecatSignals, input: Omit<CycleInput, 'random'>): boolean {
  const time = cycleTimeOf(input.state, input.signals.clock, input.thresholds)
  const {situation} = assess(polecat, input, time)
  return isOperational(input.signals) && missingSignals(situation).includes('git')
}

function assess(
  polecat: PolecatSignals,
  {signals, state, thresholds}: Omit<CycleInput, 'random'>,
  time: CycleTime,
): Change {
  const before = memoryOf(state, polecat.name)
  const memory = updateMemory(polecat, before, time, thresholds)
  const {standing} = signals
  const situation = {signals: polecat, memory, standing, massEvent: false, time, thresholds}
  return {before, situation, verdict: applyTable(situation).row.verdict}
}

function applyTable(situation: Situation): Proposal {
  // The last row always fits.
  const row = TABLE.find(({fits}) => fits(situation)) as Row
  return {situation, row, actions: row.act(situation)}
}

function jitter(proposal: Proposal, random: () => number): Proposal {
  const {backoffLongest} = proposal.situation.thresholds
  const actions = proposal.actions.map((action) =>
    action.kind === 'restart'
      ? {...action, backoffMs: Math.min(action.backoffMs * (1 + random() / 10), backoffLongest)}
      : action,
  )
  return {...proposal, actions}
}

function dropRepeats(proposal: Proposal): Proposal {
  const {situation, row, actions} = proposal
  const remaining = withoutRepeats(actions, situation.memory, row.verdict)
  return {...proposal, actions: remaining.length > 0 ? remaining : [{kind: 'none'}]}
}

function toDecision({situation: {signals, standing}, row, actions}: Proposal): PolecatDecision {
  const names = ['session', 'agent', ...row.because] as const
  const evidence: Evidence[] = names.map((signal) => ({signal, ...signals[signal]}))
  return {
    name: signals.name,
    incarnation: signals.incarnation,
    row: row.row,
    verdict: row.verdict,
    evidence: [...evidence, {signal: 'standing', ...standing}],
    actions,
  }
}

/** Own properties only: a polecat may be called `constructor`. */
function memoryOf(state: PatrolState | undefined, name: string): PolecatMemory | undefined {
  return state && Object.hasOwn(state.polecats, name) ? state.polecats[name] : undefined
}
