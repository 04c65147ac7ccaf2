import type {Action, Evidence, PolecatDecision} from '../actions.js'
import {type CycleTime, tellTime} from '../memory/clock.js'
import {afterwards, tellOnce} from '../memory/incidents.js'
import type {PatrolState, PolecatMemory} from '../memory/memory.js'
import {updateMemory} from '../memory/update-memory.js'
import type {Thresholds} from '../settings/threshold-table.js'
import type {PolecatSignals, RigSignals} from '../signals.js'
import {type Change, findMassEvent} from './mass-event.js'
import {remember} from './remember.js'
import {type Proposal, restrain} from './restrain.js'
import {decideForRig, isOperational} from './rig-actions.js'
import type {Row} from './row.js'
import {missingSignals, type Situation} from './situation.js'
import {TABLE} from './table.js'

export interface CycleInput {
  signals: RigSignals
  /** What the cycle before left; undefined in the first one, and when it was lost. */
  state: PatrolState | undefined
  thresholds: Thresholds
  /** From 0 up to 1, as `Math.random`: spreads the restarts of several rigs. */
  random: () => number
}

export interface Decision {
  cycle: number
  /** Why this cycle only looks; undefined when it acts. */
  doubt: string | undefined
  polecats: readonly PolecatDecision[]
  /** What concerns no single polecat that is there. */
  rigActions: readonly Action[]
  /** To be written before anything is carried out. */
  next: PatrolState
}

/**
 * What the facts of one cycle say, and what should be done. Pure: the same input gives the same answer. Nothing that
 * ends or removes something is ever decided from what is unknown, nor in a cycle without memory or a steady clock.
 */
export function decide(input: CycleInput): Decision {
  const {signals, state, thresholds, random} = input
  const time = tellTime(state, signals.clock, thresholds)
  const doubt = state ? time.doubt : 'nothing is remembered of earlier cycles'
  const changes = signals.polecats.map((polecat) => look(polecat, input, time))
  const massEvent = isOperational(signals) ? findMassEvent(changes, thresholds) : undefined
  const proposals = changes.map(({situation}) => judge({...situation, massEvent: massEvent !== undefined}))
  const decided = restrain(proposals, doubt)
    .map((proposal) => jitter(proposal, random))
    .map(settle)
  const rigActions = decideForRig(signals, state, {changes, massEvent, doubt})
  const next = nextState(input, time, decided, rigActions)
  return {cycle: next.cycle, doubt, polecats: decided.map(describe), rigActions, next}
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
    incidents: afterwards(state?.incidents ?? {}, rigActions, time.now),
    polecats: Object.fromEntries(
      decided.map((proposal) => [proposal.situation.signals.name, remember(proposal)]),
    ),
    mail: signals.mail,
  }
}

/**
 * True when the verdict on this polecat hangs on its git gate, which costs a look at its remote: only then need G be
 * known. Asked with G unknown.
 */
export function needsGate(polecat: PolecatSignals, input: Omit<CycleInput, 'random'>): boolean {
  const time = tellTime(input.state, input.signals.clock, input.thresholds)
  const {situation} = look(polecat, input, time)
  return isOperational(input.signals) && missingSignals(situation).includes('git')
}

function look(
  polecat: PolecatSignals,
  {signals, state, thresholds}: Omit<CycleInput, 'random'>,
  time: CycleTime,
): Change {
  const before = memoryOf(state, polecat.name)
  const memory = updateMemory(polecat, before, time, thresholds)
  const {standing} = signals
  const situation = {signals: polecat, memory, standing, massEvent: false, time, thresholds}
  return {before, situation, verdict: judge(situation).row.verdict}
}

function judge(situation: Situation): Proposal {
  // The last row fits everything.
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

function settle(proposal: Proposal): Proposal {
  const {situation, row, actions} = proposal
  const told = tellOnce(actions, situation.memory, row.verdict)
  return {...proposal, actions: told.length > 0 ? told : [{kind: 'none'}]}
}

function describe({situation: {signals, standing}, row, actions}: Proposal): PolecatDecision {
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

/** A name may be one that every object has. */
function memoryOf(state: PatrolState | undefined, name: string): PolecatMemory | undefined {
  return state && Object.hasOwn(state.polecats, name) ? state.polecats[name] : undefined
}
