import type {Thresholds} from '../settings/threshold-table.js'
import type {PolecatSignals} from '../signals.js'
import {type CycleTime, credibleAge} from './clock.js'
import {newMemory, newSessionMemory, type PolecatMemory} from './memory.js'

/**
 * Updates a polecat's memory with this cycle's signals, before anything is decided: since when a state has lasted, and
 * for how many cycles. Another incarnation of the name is another polecat.
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
    ...updateSession(signals, memory),
    ...updateAgent(signals, memory, time),
    ...updateState(signals, memory, time),
    ...updateSilence(signals, memory, thresholds),
    screen: signals.screen ?? memory.screen,
    progressAt,
    limit: updateLimit(signals, memory, time.now),
    // Progress ends an episode. `lastAt` stays, since nudges must keep their distance across episodes.
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

/** True for another life of the name. A missing incarnation may just be unreadable, and does not count. */
export function isAnotherLife(incarnation: string | undefined, before: PolecatMemory): boolean {
  return incarnation !== undefined && before.incarnation !== incarnation
}

function updateSession({life, sandbox}: PolecatSignals, memory: PolecatMemory): Partial<PolecatMemory> {
  // The previous cycle's orphan stays until the table has read it: an orphan must be seen in two cycles.
  const orphan = life && sandbox.value === 'absent' ? memory.orphan : null
  return {session: life ? {id: life.id, createdAt: life.createdAt} : memory.session, orphan}
}

function updateAgent(
  {agent}: PolecatSignals,
  memory: PolecatMemory,
  time: CycleTime,
): Partial<PolecatMemory> {
  if (agent.value === 'unknown') return {}
  const since = time.now - credibleAge(agent.ageMs, time)
  if (agent.value === memory.agent) return {agentSince: Math.min(memory.agentSince, since)}
  const died = agent.value === 'gone' && memory.agent === 'alive'
  return {agent: agent.value, agentSince: since, diedAt: died ? since : null}
}

const WITHOUT_PROMPT = new Set(['starting', 'dialog', 'dead', 'shell', 'unknown'])

function updateState(
  {state}: PolecatSignals,
  memory: PolecatMemory,
  time: CycleTime,
): Partial<PolecatMemory> {
  const since = time.now - credibleAge(state.ageMs, time)
  const promptSeen = memory.promptSeen || !WITHOUT_PROMPT.has(state.value)
  if (state.value === memory.state) return {promptSeen, stateSince: Math.min(memory.stateSince, since)}
  return {promptSeen, state: state.value, stateSince: since}
}

/** The time of the newest real activity. Text that a nudge itself puts on the screen is only an echo. */
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

/** Minimum difference of two activities: sources are imprecise, and not read at the exact time of the cycle. */
const PROGRESS_STEP_MS = 2000

/** Sources of X that a nudge itself changes. */
const ON_SCREEN = new Set(['window', 'screen'])

function updateSilence(
  {cpu, probe}: PolecatSignals,
  memory: PolecatMemory,
  {hungCpuTicks}: Thresholds,
): Partial<PolecatMemory> {
  const quiet =
    cpu.value !== 'unknown' &&
    memory.cpuTicks !== null &&
    // Fewer ticks than before mean that processes have ended, so something happened.
    cpu.value >= memory.cpuTicks &&
    cpu.value - memory.cpuTicks <= hungCpuTicks
  const failed = probe.value === 'failed' ? memory.failedProbes + 1 : memory.failedProbes
  return {
    cpuTicks: cpu.value === 'unknown' ? null : cpu.value,
    quietCycles: quiet ? memory.quietCycles + 1 : 0,
    failedProbes: probe.value === 'answered' ? 0 : failed,
  }
}

function updateLimit(
  {state, limitEndsInMs}: PolecatSignals,
  {limit}: PolecatMemory,
  now: number,
): PolecatMemory['limit'] {
  if (state.value === 'busy') return null
  if (state.value !== 'limit') return limit
  const {endsAt: before, nudged} = limit ?? {endsAt: null, nudged: false}
  // After its end the same message would be parsed as the next day.
  if (before !== null && before <= now && !nudged) return limit
  const endsAt = limitEndsInMs === undefined ? before : now + limitEndsInMs
  const isAnother = endsAt !== null && endsAt > now && endsAt !== before
  return {endsAt, nudged: nudged && !isAnother}
}
