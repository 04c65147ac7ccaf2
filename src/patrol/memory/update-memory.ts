import type {Thresholds} from '../settings/threshold-table.js'
import type {PolecatSignals} from '../signals.js'
import {type CycleTime, credibleAge} from './clock.js'
import {newMemory, newSessionMemory, type PolecatMemory} from './memory.js'

/**
 * What is remembered of a polecat after it was looked at, and before anything is done: since when it has been so, and
 * how often in a row. Another incarnation under its name is another polecat.
 */
export function updateMemory(
  signals: PolecatSignals,
  before: PolecatMemory | undefined,
  time: CycleTime,
  thresholds: Thresholds,
): PolecatMemory {
  const memory = ofThisLife(signals, before, time.now)
  const progressAt = progress(signals, memory, time, thresholds)
  return {
    ...memory,
    ...sightSession(signals, memory),
    ...sightAgent(signals, memory, time),
    ...sightState(signals, memory, time),
    ...sightSilence(signals, memory, thresholds),
    screen: signals.screen ?? memory.screen,
    progressAt,
    limit: sightLimit(signals, memory, time.now),
    // An episode ends with the first progress; the next nudge keeps its distance from the last one all the same.
    ...(progressAt !== memory.progressAt && {nudges: {...memory.nudges, count: 0, withDeadline: false}}),
  }
}

function ofThisLife(
  {incarnation, life}: PolecatSignals,
  before: PolecatMemory | undefined,
  now: number,
): PolecatMemory {
  if (!before || isAnotherLife(incarnation, before)) return newMemory(incarnation, now)
  const sameSession = !life || (before.session?.id === life.id && before.session.createdAt === life.createdAt)
  return sameSession ? before : {...before, ...newSessionMemory(now)}
}

/** An id that nobody wrote, or that cannot be read just now, makes no other life of a name. */
export function isAnotherLife(incarnation: string | undefined, before: PolecatMemory): boolean {
  return incarnation !== undefined && before.incarnation !== incarnation
}

function sightSession({life, sandbox}: PolecatSignals, memory: PolecatMemory): Partial<PolecatMemory> {
  // Seen twice means in two looks: the id of an earlier one stays until the row has been read.
  const orphan = life && sandbox.value === 'absent' ? memory.orphan : null
  return {session: life ? {id: life.id, createdAt: life.createdAt} : memory.session, orphan}
}

function sightAgent({agent}: PolecatSignals, memory: PolecatMemory, time: CycleTime): Partial<PolecatMemory> {
  if (agent.value === 'unknown') return {}
  const since = time.now - credibleAge(agent.ageMs, time)
  if (agent.value === memory.agent) return {agentSince: Math.min(memory.agentSince, since)}
  const died = agent.value === 'gone' && memory.agent === 'alive'
  return {agent: agent.value, agentSince: since, diedAt: died ? since : null}
}

const WITHOUT_PROMPT = new Set(['starting', 'dialog', 'dead', 'shell', 'unknown'])

function sightState({state}: PolecatSignals, memory: PolecatMemory, time: CycleTime): Partial<PolecatMemory> {
  const since = time.now - credibleAge(state.ageMs, time)
  const promptSeen = memory.promptSeen || !WITHOUT_PROMPT.has(state.value)
  if (state.value === memory.state) return {promptSeen, stateSince: Math.min(memory.stateSince, since)}
  return {promptSeen, state: state.value, stateSince: since}
}

/** The newest activity that was no echo: text that a nudge brings to the screen is nobody's progress. */
function progress(
  {quiet}: PolecatSignals,
  memory: PolecatMemory,
  time: CycleTime,
  {nudgeEcho}: Thresholds,
): number | null {
  if (quiet.value === 'unknown') return memory.progressAt
  const at = time.now - credibleAge(quiet.value, time)
  const {lastAt} = memory.nudges
  const echo = lastAt !== null && at >= lastAt && at <= lastAt + nudgeEcho && ON_SCREEN.has(quiet.source)
  const isNew = memory.progressAt === null || at > memory.progressAt + PROGRESS_STEP_MS
  return isNew && !echo ? at : memory.progressAt
}

/** Sources tell seconds, and are not read at the very moment of the cycle: less than this is the same activity. */
const PROGRESS_STEP_MS = 2000

/** Sources of X that a nudge itself moves. */
const ON_SCREEN = new Set(['window', 'screen'])

function sightSilence(
  {cpu, probe}: PolecatSignals,
  memory: PolecatMemory,
  {hungCpuTicks}: Thresholds,
): Partial<PolecatMemory> {
  const quiet =
    cpu.value !== 'unknown' &&
    memory.cpuTicks !== null &&
    // Less than before: processes ended, so that something happened.
    cpu.value >= memory.cpuTicks &&
    cpu.value - memory.cpuTicks <= hungCpuTicks
  const failed = probe.value === 'failed' ? memory.failedProbes + 1 : memory.failedProbes
  return {
    cpuTicks: cpu.value === 'unknown' ? null : cpu.value,
    quietCycles: quiet ? memory.quietCycles + 1 : 0,
    failedProbes: probe.value === 'answered' ? 0 : failed,
  }
}

function sightLimit(
  {state, limitEndsInMs}: PolecatSignals,
  {limit}: PolecatMemory,
  now: number,
): PolecatMemory['limit'] {
  if (state.value === 'busy') return null
  if (state.value !== 'limit') return limit
  const {endsAt: before, nudged} = limit ?? {endsAt: null, nudged: false}
  // Read again after its end, the same words could tell of the next day.
  if (before !== null && before <= now && !nudged) return limit
  const endsAt = limitEndsInMs === undefined ? before : now + limitEndsInMs
  const isAnother = endsAt !== null && endsAt > now && endsAt !== before
  return {endsAt, nudged: nudged && !isAnother}
}
