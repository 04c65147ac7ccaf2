import {readdirSync} from 'node:fs'
import {hasCode, type Town} from '@gtown/sdk'
import {hasErrno, inFolder, parseStateFile, setAsideFile, setAsideText, unreadable} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import type {SessionOf} from '../agent-ref.js'
import type {Services} from '../services.js'

export const RECORD_VERSION = 1

/** What is none of its words is left out, and an agent that is not desired. */
const format = v.pipe(
  v.objectOf({
    /** The layout of the file; another one is set aside. */
    version: v.literal(RECORD_VERSION),
    /** The backend that it runs on: known before the session is made, so that nothing is stranded by a new setting. */
    backend: v.text,
    /** The life that the rest tells of; absent until that has begun. */
    incarnation: v.ifValid(v.text),
    pid: v.ifValid(v.wholeNumber),
    /** Tells the agent's process from a later one with its number. */
    pidStart: v.ifValid(v.text),
    /** Milliseconds since the epoch: when the agent was seen to be ready. */
    readyAt: v.ifValid(v.number),
    /** There from a start until a stop on purpose: neither a crash nor a reboot changes it. */
    desired: v.ifValid(v.literal('running')),
    /** The agent that was named for the start; absent where the settings chose it. */
    agent: v.ifValid(v.text),
  }),
  v.transform(({version: _, agent, ...record}) =>
    v.withoutAbsent({...record, agent: record.desired && agent}),
  ),
)

/** What is kept of a session outside of it, in `<town>/.runtime/sessions/<name>.json`. */
export type SessionRecord = v.InferOutput<typeof format>

/** Whether a session should run, whatever became of it, and as what. */
export type DesiredState = Pick<SessionRecord, 'desired' | 'agent'>

/** The part of a record that one life of the session leaves to the next. */
export function desiredState({desired, agent}: DesiredState = {}): DesiredState {
  return desired ? {desired, ...(agent !== undefined && {agent})} : {}
}

/**
 * What is kept of the agent's session; undefined when there is nothing. A file that cannot be a record, such as one
 * that was cut in half, is set aside and warned of. Synchronous: turns of the event loop take longer than the calls, and
 * a status may be of hundreds of sessions.
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

/** Renames the file where we may: it does no harm where it is. */
function setAside(file: string): string {
  try {
    const aside = setAsideFile(file)
    if (aside !== undefined) return setAsideText(file, aside)
  } catch (error) {
    if (!hasCode(error, 'UNWRITABLE')) throw error
  }
  return `${file} cannot be used, and is ignored`
}

const EXTENSION = '.json'

/** The absolute path of the record of the agent's session. */
export function recordFile({town, sessionName}: SessionOf): string {
  return inFolder(recordFolder(town), `${sessionName}${EXTENSION}`)
}

/** The names of the sessions that have a record: of a large town most may have none. */
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
