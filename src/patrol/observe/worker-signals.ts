import type {FoundSandbox, RecordRead} from '@gtown/workers'
import type {WorkerMail} from '../mail/mail-memory.js'
import {known, unknown} from '../signal.js'
import type {PolecatSignals, Signal} from '../signals.js'
import type {Heartbeat, HeartbeatRead} from './heartbeat.js'
import type {FoundSession, SessionObservation} from './sessions.js'

export function lifeOf(look: SessionObservation, now: number): PolecatSignals['life'] {
  if (look.is !== 'found') return undefined
  const {id, incarnation, createdAt, attached} = look.found.session
  return {id, incarnation, createdAt, ageMs: now - createdAt, ours: look.ours, attached}
}

export function sandboxSignal(sandbox: FoundSandbox): PolecatSignals['sandbox'] {
  if (sandbox.is === 'unknown') return unknown('files', sandbox.detail)
  return known(sandbox.is, 'files', 0, sandbox.is === 'broken' ? sandbox.detail : undefined)
}

export function spawnedSince(read: RecordRead, now: number): PolecatSignals['spawned'] {
  if (read.is === 'present') return known(now - Date.parse(read.record.spawned_at), 'worker file')
  return unknown('worker file', read.is === 'unreadable' ? read.reason : 'there is no record')
}

/** Signal X without changes of uncommitted files: see `lastFileChange`. */
export function quietSince(
  sandbox: FoundSandbox,
  session: FoundSession | undefined,
  heartbeat: Heartbeat | undefined,
  now: number,
): Signal<number> {
  const moments = [
    {source: 'window', at: session?.session.lastActivityAt},
    {source: 'heartbeat', at: heartbeat?.at},
    {source: 'reflog', at: sandbox.is === 'present' ? sandbox.movedAt : undefined},
  ].flatMap(({source, at}) => (at === undefined ? [] : [{source, at}]))
  const [newest] = moments.sort((a, b) => b.at - a.at)
  return newest
    ? known(Math.max(0, Math.round(now - newest.at)), newest.source)
    : unknown('files', 'there is no sign of activity')
}

/** Signal D. */
export function doneIntent(
  read: RecordRead,
  beat: HeartbeatRead,
  {word}: WorkerMail,
  now: number,
): PolecatSignals['doneIntent'] {
  const record = read.is === 'present' ? read.record : undefined
  const doneAt = record?.done_at === undefined ? undefined : Date.parse(record.done_at)
  const isEnding = word?.is === 'done' || word?.is === 'shutdown'
  if (isEnding && word.at > (doneAt ?? 0)) return known(Math.max(0, now - word.at), 'message')
  if (doneAt !== undefined) return known(Math.max(0, now - doneAt), 'worker file')
  if (beat.heartbeat?.state === 'exiting') return known(Math.max(0, now - beat.heartbeat.at), 'heartbeat')
  const detail = read.is === 'unreadable' ? read.reason : beat.unreadable
  return detail === undefined ? known('none', 'worker file') : unknown('worker file', detail)
}

export function stuck(
  read: RecordRead,
  {heartbeat, unreadable: detail}: HeartbeatRead,
  {plea}: WorkerMail,
): Signal<boolean> {
  if (plea) return known(true, 'message', 0, plea.text)
  if (read.is === 'present' && read.record.exit === 'ESCALATED')
    return known(true, 'worker file', 0, 'it ended its work as ESCALATED')
  if (heartbeat) {
    const isStuck = heartbeat.state === 'stuck'
    return known(isStuck, 'heartbeat', 0, isStuck ? heartbeat.context || undefined : undefined)
  }
  return detail === undefined ? known(false, 'heartbeat') : unknown('heartbeat', detail)
}
