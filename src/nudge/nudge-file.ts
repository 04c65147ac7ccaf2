import {randomBytes} from 'node:crypto'
import {constants} from 'node:fs'
import {open} from 'node:fs/promises'
import {basename} from 'node:path'
import type {NudgeReceipt, NudgeState} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'

/** A nudge as it is stored. */
export interface Nudge extends NudgeReceipt {
  text: string
  /** Type it even while a person's terminal shows the session. */
  force: boolean
  /** Type it although a usage limit is shown above the empty prompt. */
  afterLimit?: boolean
  /** Present when the text is certainly in the prompt, but Enter has not been pressed yet. */
  typed?: true
}

const ID = /^[0-9a-z]{9}-[0-9a-f]{12}$/
const STATES: ReadonlySet<unknown> = new Set<NudgeState>([
  'queued',
  'typing',
  'delivered',
  'expired',
  'failed',
])

/** True for a final state. */
export function isFinal(state: NudgeState): boolean {
  return state === 'delivered' || state === 'expired' || state === 'failed'
}

/** True for a valid nudge id, which is safe as a file name. */
export function isNudgeId(text: string): boolean {
  return ID.test(text)
}

/** A new id. Sorts by time: milliseconds in base 36, nine digits until the year 5188. */
export function newNudgeId(now: number): string {
  return `${now.toString(36).padStart(9, '0')}-${randomBytes(6).toString('hex')}`
}

/** The content of a nudge's file. */
export function textOf(nudge: Nudge): string {
  return `${JSON.stringify({version: 1, ...nudge}, null, 2)}\n`
}

/** The nudge in a file; undefined when there is no file; `broken` when it is not a nudge, or has another id. */
export async function readNudge(file: string): Promise<Nudge | 'broken' | undefined> {
  try {
    // Does not follow a link, and does not block on a named pipe.
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const text = await handle.readFile('utf8').finally(() => handle.close())
    return parse(text, basename(file, '.json')) ?? 'broken'
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    if (hasErrno(error, 'EISDIR', 'ELOOP')) return 'broken'
    throw error
  }
}

function parse(text: string, id: string): Nudge | undefined {
  try {
    const {version, ...nudge} = (JSON.parse(text) ?? {}) as Nudge & {version?: unknown}
    return version === 1 && nudge.id === id && isWhole(nudge) ? nudge : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isWhole({state, to, session, incarnation, text, force, ...times}: Nudge): boolean {
  const texts = [to, session, incarnation, text].every((value) => typeof value === 'string')
  const numbers = [times.queuedAt, times.expiresAt, times.updatedAt].every(Number.isFinite)
  return STATES.has(state) && texts && numbers && typeof force === 'boolean'
}
