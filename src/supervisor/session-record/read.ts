import {constants, readdirSync, readFileSync, renameSync} from 'node:fs'
import {GtError, type RoleRef, type Town} from '@gtown/sdk'
import {hasErrno, inFolder, unreadable} from '@gtown/sdk/files'
import type {SessionRole} from '../ownership.js'
import type {Services} from '../services.js'

/** Whether a session should run, whatever became of it, and as what. */
export interface DesiredState {
  /** There from a start until a stop on purpose: neither a crash nor a reboot changes it. */
  desired?: 'running'
  /** The agent that was named for the start; absent where the settings chose it. */
  agent?: string
}

/** What is kept of a session outside of it, in `<town>/.runtime/sessions/<name>.json`. */
export interface SessionRecord extends DesiredState {
  /** The backend that it runs on: known before the session is made, so that nothing is stranded by a new setting. */
  backend: string
  /** The life that the rest tells of; absent until that has begun. */
  incarnation?: string
  pid?: number
  /** Tells the agent's process from a later one with its number. */
  pidStart?: string
  /** Milliseconds since the epoch: when the agent was seen to be ready. */
  readyAt?: number
}

/** The part of a record that one life of the session leaves to the next. */
export function desiredState({desired, agent}: DesiredState = {}): DesiredState {
  return desired ? {desired, ...(agent !== undefined && {agent})} : {}
}

/** The layout of the file; another one is set aside. */
export const RECORD_VERSION = 1

/**
 * What is kept of the role's session; undefined when there is nothing. A file that cannot be a record, such as one
 * that was cut in half, is set aside and warned of. Synchronous: turns of the event loop take longer than the calls, and
 * a status may be of hundreds of sessions.
 */
export function readRecord(
  services: Pick<Services, 'warn'>,
  role: SessionRole,
  ref: RoleRef,
): SessionRecord | undefined {
  const file = recordFile(role, ref)
  const text = readIfThere(file)
  if (text === undefined) return undefined
  const record = parse(text)
  if (record) return record
  services.warn(`${file} is no record of a session${setAside(file)}`)
  return undefined
}

function setAside(file: string): string {
  const aside = `${file}.broken-${Date.now()}`
  try {
    renameSync(file, aside)
    return `: it is set aside as ${aside}`
  } catch (error) {
    // Another command did it, or we may not: it does no harm where it is.
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      return ' and is ignored'
    throw error
  }
}

const EXTENSION = '.json'

/** The absolute path of the record of the role's session. */
export function recordFile(role: SessionRole, ref: RoleRef): string {
  return inFolder(recordFolder(ref.town), `${role.sessionName(ref)}${EXTENSION}`)
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

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, {encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NOFOLLOW})
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new GtError(`${file} cannot be read: ${(error as Error).message}`, {
      code: 'UNREADABLE',
      cause: error,
    })
  }
}

function parse(text: string): SessionRecord | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  const found = (value ?? {}) as Partial<SessionRecord> & {version?: unknown}
  if (found.version !== RECORD_VERSION || typeof found.backend !== 'string') return undefined
  const {backend, incarnation, pid, pidStart, readyAt, desired, agent} = found
  const record: SessionRecord = {backend}
  if (typeof incarnation === 'string') record.incarnation = incarnation
  if (pid !== undefined && Number.isInteger(pid)) record.pid = pid
  if (typeof pidStart === 'string') record.pidStart = pidStart
  if (typeof readyAt === 'number') record.readyAt = readyAt
  if (desired !== 'running') return record
  return {...record, ...desiredState({desired, ...(typeof agent === 'string' && {agent})})}
}
