import type {RoleStatus, Style} from '@gtown/sdk'
import type {Rendered} from '@gtown/sdk/commands'
import type {Pause} from '@gtown/sdk/watchdog'
import {freshness, type Heartbeat} from './heartbeat.js'
import type {WatchState} from './watch/state.js'
import {summaryText, witnessJson, witnessLines} from './watch/view.js'
import {duration, localTime} from './words.js'

/** Parts of a deacon's status besides its session. */
export interface DeaconFacts {
  pause?: Pause | undefined
  heartbeat?: Heartbeat | undefined
  /** State after the watch's last cycle. */
  watch?: WatchState | undefined
  /** The time for computing ages, in milliseconds since the epoch. */
  now?: number
}

/** The status of a deacon, in the original's words, with the original's JSON keys before ours. */
export function renderStatus(
  status: RoleStatus,
  {pause, heartbeat, watch, now = Date.now()}: DeaconFacts,
  style: Style,
): Rendered {
  const beats = heartbeat && {...heartbeat, age: now - Date.parse(heartbeat.timestamp)}
  const runs = status.liveness === 'alive'
  const lines = [
    ...(pause ? pauseLines(pause, style) : []),
    ...(runs ? runningLines(status, style) : stoppedLines(status, style)),
    ...(beats ? ['', ...heartbeatLines(beats)] : []),
    ...(watch ? watchLines(watch, now) : []),
    ...(runs ? ['', `Attach with: ${style.dim('gt deacon attach')}`] : []),
  ]
  const json = {
    running: runs,
    paused: pause !== undefined,
    ...sessionJson(status),
    ...(pause && {pause: {reason: pause.reason, paused_at: pause.paused_at, paused_by: pause.paused_by}}),
    ...(beats && {heartbeat: heartbeatJson(beats)}),
    ...(watch && {watch: watchJson(watch)}),
  }
  return {text: lines.join('\n'), json}
}

function pauseLines({reason, paused_at, paused_by}: Pause, style: Style): string[] {
  return [
    `${style.bold('⏸️')} DEACON PAUSED`,
    ...(reason ? [`  Reason: ${reason}`] : []),
    ...(paused_at ? [`  Paused at: ${paused_at}`] : []),
    `  Paused by: ${paused_by}`,
    '',
    `Resume with: ${style.dim('gt deacon resume')}`,
    '',
  ]
}

function runningLines({session, reading, reason}: RoleStatus, style: Style): string[] {
  const known = reading && reading.state !== 'unknown'
  return [
    `${style.bold('●')} Deacon session is ${style.bold('running')}`,
    ...(session ? [`  Status: ${session.attached > 0 ? 'attached' : 'detached'}`] : []),
    ...(session ? [`  Created: ${localTime(session.createdAt)}`] : []),
    ...(known ? [`  Agent: ${reading.state}`] : []),
    ...(reason ? [`  Reason: ${reason}`] : []),
  ]
}

function stoppedLines({reason}: RoleStatus, style: Style): string[] {
  return [
    `${style.dim('○')} Deacon session is not running`,
    ...(reason ? [`  Reason: ${reason}`] : []),
    '',
    `Start with: ${style.dim('gt deacon start')}`,
  ]
}

type AgedHeartbeat = Heartbeat & {age: number}

function heartbeatLines({age, cycle, last_action}: AgedHeartbeat): string[] {
  return [
    `  Heartbeat: ${duration(age)} ago (cycle ${cycle})`,
    ...(last_action ? [`  Last action: ${last_action}`] : []),
    `  Health: ${freshness(age)}`,
  ]
}

function heartbeatJson({age, timestamp, cycle, last_action}: AgedHeartbeat): Record<string, unknown> {
  const health = freshness(age)
  return {
    timestamp,
    age_seconds: Math.max(0, age) / 1000,
    cycle,
    ...(last_action && {last_action}),
    fresh: health === 'fresh',
    stale: health === 'stale',
    very_stale: health === 'very stale',
  }
}

function watchLines({at, witnesses}: WatchState, now: number): string[] {
  const lines = witnesses.flatMap((witness) => witnessLines(witness, {dryRun: false}))
  return [
    '',
    `  Witnesses ${duration(now - Date.parse(at))} ago: ${summaryText(witnesses)}`,
    ...lines.map((line) => `  ${line}`),
  ]
}

function watchJson({cycle, at, witnesses}: WatchState): Record<string, unknown> {
  return {cycle, at, witnesses: witnesses.map(witnessJson)}
}

function sessionJson(status: RoleStatus): Record<string, unknown> {
  const {liveness, session, sessionName, backend, reading, reason, postMortem} = status
  return {
    session: sessionName,
    liveness: liveness === 'alive' || liveness === 'outlived' ? 'alive' : 'dead',
    ...(session && {
      agent: session.labels.agent,
      backend,
      pid: session.pid,
      started_at: new Date(session.createdAt).toISOString(),
      attached: session.attached > 0,
      last_activity_at: new Date(session.lastActivityAt).toISOString(),
    }),
    ...(reading && {state: reading.state}),
    ...(reason !== undefined && {reason}),
    ...(postMortem !== undefined && {post_mortem: postMortem}),
  }
}
