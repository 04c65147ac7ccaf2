import type {CycleTime} from '../memory/clock.js'
import {credibleAge} from '../memory/clock.js'
import type {PolecatMemory} from '../memory/memory.js'
import type {Thresholds} from '../settings/threshold-table.js'
import type {PolecatSignals, RigSignals, Signal, SignalName} from '../signals.js'

/** The input of the table's rows: one polecat, its memory, and the rig around it. */
export interface Situation {
  signals: PolecatSignals
  /** Already updated with this cycle's signals. */
  memory: PolecatMemory
  standing: RigSignals['standing']
  /** True in a cycle with a mass event. */
  massEvent: boolean
  time: CycleTime
  thresholds: Thresholds
}

/** States in which the agent waits at its prompt, whatever the prompt contains. */
const AT_PROMPT = new Set(['idle', 'draft', 'menu'])

/** States in which the agent asks for a decision. */
const ASKING = new Set(['permission', 'question'])

export const isAgentGone = ({signals}: Situation) => signals.agent.value === 'gone'

export const isAgentAlive = ({signals}: Situation) => signals.agent.value === 'alive'

export const isAtPrompt = ({signals}: Situation) => AT_PROMPT.has(signals.state.value)

export const isAsking = ({signals}: Situation) => ASKING.has(signals.state.value)

export const hasSandbox = ({signals}: Situation) => signals.sandbox.value === 'present'

export const isFinished = ({signals: {work}}: Situation) => work.value === 'terminal' || work.value === 'none'

/** How long the agent has been alive, or gone. */
export const agentFor = ({memory, time}: Situation) => time.now - memory.agentSince

/** How long the agent has been in its state. */
export const stateFor = ({memory, time}: Situation) => time.now - memory.stateSince

/** Milliseconds without activity other than echoes of nudges; undefined when unknown. */
export function quietFor({memory, signals, time}: Situation): number | undefined {
  if (signals.quiet.value === 'unknown' || memory.progressAt === null) return undefined
  return time.now - memory.progressAt
}

/** True when it has certainly been quiet for that long. */
export function isQuietFor(situation: Situation, ms: number): boolean {
  const quiet = quietFor(situation)
  return quiet !== undefined && quiet >= ms
}

/** True when a signal is an age, and certainly below the limit. */
function isYounger({value}: Signal<number | 'none'>, ms: number, time: CycleTime): boolean {
  return typeof value === 'number' && credibleAge(value, time) < ms
}

/** True during a spawn: no session of the worker was seen yet. */
export function isSpawning({signals, memory, time, thresholds}: Situation): boolean {
  if (signals.session.value !== 'absent' || memory.session) return false
  return isYounger(signals.spawned, thresholds.spawnGrace, time)
}

export const isExiting = ({signals, time, thresholds}: Situation) =>
  isYounger(signals.doneIntent, thresholds.exitGrace, time)

/** True when a terminal shows the session. Unknown counts as true. */
export const isWatched = ({signals: {life}}: Pick<Situation, 'signals'>) =>
  life !== undefined && life.attached !== 0

/** True when a needed signal has been unknown for enough cycles, including this one, to notify a person. */
export const isUnknownForLong = ({memory, thresholds}: Pick<Situation, 'memory' | 'thresholds'>) =>
  memory.unknownCycles + 1 >= thresholds.indeterminateCycles

/** The signals that must be known before this polecat can be judged. */
function neededSignals(situation: Situation): SignalName[] {
  const {signals, memory} = situation
  const first: SignalName[] = ['session', 'agent', 'sandbox']
  if (first.some((name) => signals[name].value === 'unknown') || !hasSandbox(situation)) return first
  if (isAgentAlive(situation)) return [...first, ...neededOfLiving(situation)]
  const neverStarted = signals.session.value === 'absent' && !memory.session
  return [...first, ...(neverStarted ? (['spawned'] as const) : []), ...neededOfGone(situation)]
}

function neededOfLiving(situation: Situation): SignalName[] {
  const {signals, thresholds} = situation
  if (isExiting(situation)) return []
  if (isAsking(situation)) return ['work']
  if (!isAtPrompt(situation) || !isQuietFor(situation, thresholds.quiet)) return []
  return signals.work.value === 'terminal' ? ['work', 'doneIntent', 'stuck'] : ['work']
}

function neededOfGone(situation: Situation): SignalName[] {
  const {signals} = situation
  if (isSpawning(situation) || isExiting(situation)) return []
  if (signals.mergeRequest.value === 'open') return ['mergeRequest']
  const needed: SignalName[] = ['doneIntent', 'mergeRequest', 'work']
  return isFinished(situation) ? [...needed, 'git'] : needed
}

/** The signals without which this polecat cannot be judged. */
export function missingSignals(situation: Situation): SignalName[] {
  return neededSignals(situation).filter((name) => situation.signals[name].value === 'unknown')
}
