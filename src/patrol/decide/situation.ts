import type {CycleTime} from '../memory/clock.js'
import {credibleAge} from '../memory/clock.js'
import type {PolecatMemory} from '../memory/memory.js'
import type {Thresholds} from '../settings/threshold-table.js'
import type {PolecatSignals, RigSignals, Signal, SignalName} from '../signals.js'

/** What the rows of the table read: one polecat, what is remembered of it, and the rig around it. */
export interface Situation {
  signals: PolecatSignals
  /** With this cycle's look at it. */
  memory: PolecatMemory
  standing: RigSignals['standing']
  /** True in a cycle in which much of the rig went wrong at once. */
  massEvent: boolean
  time: CycleTime
  thresholds: Thresholds
}

/** What is known of a polecat's prompt: an agent that waits there, whatever stands in it. */
const AT_PROMPT = new Set(['idle', 'draft', 'menu'])

/** What asks for a person's decision. */
const ASKING = new Set(['permission', 'question'])

export const isGone = ({signals}: Situation) => signals.agent.value === 'gone'

export const isAlive = ({signals}: Situation) => signals.agent.value === 'alive'

export const isAtPrompt = ({signals}: Situation) => AT_PROMPT.has(signals.state.value)

export const isAsking = ({signals}: Situation) => ASKING.has(signals.state.value)

export const hasSandbox = ({signals}: Situation) => signals.sandbox.value === 'present'

export const isFinished = ({signals: {work}}: Situation) => work.value === 'terminal' || work.value === 'none'

/** How long the agent has been alive, or gone. */
export const agentFor = ({memory, time}: Situation) => time.now - memory.agentSince

/** How long the agent has been in its state. */
export const stateFor = ({memory, time}: Situation) => time.now - memory.stateSince

/** How long nothing has happened but echoes of nudges; undefined where that cannot be told. */
export function quietFor({memory, signals, time}: Situation): number | undefined {
  if (signals.quiet.value === 'unknown' || memory.progressAt === null) return undefined
  return time.now - memory.progressAt
}

/** True when it has certainly been quiet for so long. */
export function isQuietFor(situation: Situation, ms: number): boolean {
  const quiet = quietFor(situation)
  return quiet !== undefined && quiet >= ms
}

/** True when a signal is an age, and certainly less than so much. */
function isYounger({value}: Signal<number | 'none'>, ms: number, time: CycleTime): boolean {
  return typeof value === 'number' && credibleAge(value, time) < ms
}

/** The name is reserved or its sandbox there, and no session of it was seen yet. */
export function isSpawning({signals, memory, time, thresholds}: Situation): boolean {
  if (signals.session.value !== 'absent' || memory.session) return false
  return isYounger(signals.spawned, thresholds.spawnGrace, time)
}

export const isExiting = ({signals, time, thresholds}: Situation) =>
  isYounger(signals.doneIntent, thresholds.exitGrace, time)

/** Unknown counts as somebody. */
export const isWatched = ({signals: {life}}: Pick<Situation, 'signals'>) =>
  life !== undefined && life.attached !== 0

/** True when for so many cycles, this one included, something could not be told that somebody is told so. */
export const isUnknownForLong = ({memory, thresholds}: Pick<Situation, 'memory' | 'thresholds'>) =>
  memory.unknownCycles + 1 >= thresholds.indeterminateCycles

/** The signals that must be known before this polecat can be judged. */
function neededSignals(situation: Situation): SignalName[] {
  const {signals, memory} = situation
  const first: SignalName[] = ['session', 'agent', 'sandbox']
  if (first.some((name) => signals[name].value === 'unknown') || !hasSandbox(situation)) return first
  if (isAlive(situation)) return [...first, ...neededOfLiving(situation)]
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
