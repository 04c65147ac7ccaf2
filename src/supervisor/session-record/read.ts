import {readdirSync} from 'node:fs'
import {hasCode, type Town} from '@gtown/sdk'
import {hasErrno, inFolder, parseStateFile, setAsideFile, setAsideText, unreadable} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import type {SessionOf} from '../agent-ref.js'
import type {Services} from '../services.js'

export const RECORD_VERSION = 1

/** Drops invalid fields, and the agent if the session is not desired. */
const format = v.pipe(
  v.objectOf({
    /** Layout of the file. A file with another version is set aside. */
    version: v.literal(RECORD_VERSION),
    /**
     * The backend of the session. Recorded before the session is created, so that a changed setting strands no
     * session.
     */
    backend: v.text,
    /** The incarnation that the fields below describe; absent until it has begun. */
    incarnation: v.ifValid(v.text),
    pid: v.ifValid(v.wholeNumber),
    /** Process start time, which detects a reused pid. */
    pidStart: v.ifValid(v.text),
    /** When the agent became ready, in milliseconds since the epoch. */
    readyAt: v.ifValid(v.number),
    /** Set by a start and cleared by a stop on purpose. A crash or a reboot does not change it. */
    desired: v.ifValid(v.literal('running')),
    /** The agent requested for the start; absent if the settings chose it. */
    agent: v.ifValid(v.text),
  }),
  v.transform(({version: _, agent, ...record}) =>
    v.withoutAbsent({...record, agent: record.desired && agent}),
  ),
)

/** The record of a session, in `<town>/.runtime/sessions/<name>.json`. */
export type SessionRecord = v.InferOutput<typeof format>

/** Whether a session should run, and with which agent. */
export type DesiredState = Pick<SessionRecord, 'desired' | 'agent'>

/** The part of a record that carries over to the next life of the session. */
export function desiredState({desired, agent}: DesiredState = {}): DesiredState {
  return desired ? {desired, ...(agent !== undefined && {agent})} : {}
}

/**
 * The record of the agent's session; undefined if there is none. An invalid file, such as a truncated one, is set
 * aside with a warning. Synchronous, because a status may cover hundreds of sessions and turns of the event loop cost
 * more than the calls.
 */
export function readRecord(services: Pick<Services, 'warn'>, agent: SessionOf): SessionRecord | undefined {
  const file = recordFile(agent)
  const content = parseStateFile(file, format)
  if (content.is === 'absent') return undefined
  if (content.is === 'usable') return content.state
  if (content.is === 'no file') throw content.error
  services.warn(setAside(file))
  return undefined
}

/** Renames the file if possible. If not, it does no harm where it is. */
function setAside(file: string): string {
  try {
    const aside = setAsideFile(file)
    if (aside !== undefined) return setAsideText(file, aside)
  } catch (error) {
    if (!hasCode(error, 'UNWRITABLE')) throw error
  }
  return `${file} cannot be used and is ignored`
}

const EXTENSION = '.json'

/** The absolute path of the record of the agent's session. */
export function recordFile({town, sessionName}: SessionOf): string {
  return inFolder(recordFolder(town), `${sessionName}${EXTENSION}`)
}

/** The names of the sessions with a record. In a large town most may have none. */
export function recordedSessions(town: Town): ReadonlySet<string> {
  const folder = recordFolder(town)
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith(EXTENSION))
    return new Set(files.map((name) => name.slice(0, -EXTENSION.length)))
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return new Set()
    throw unreadable(folder, error)
  }
}

const recordFolder = ({root}: Town) => inFolder(root, '.runtime/sessions')
