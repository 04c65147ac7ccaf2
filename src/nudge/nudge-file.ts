import {randomBytes} from 'node:crypto'
import {NUDGE_STATES, type NudgeReceipt, type NudgeState} from '@gtown/sdk'
import * as v from '@gtown/sdk/schema'

const format = v.pipe(
  v.openObject({
    version: v.literal(1),
    id: v.text,
    to: v.text,
    session: v.text,
    incarnation: v.text,
    state: v.picklist(NUDGE_STATES),
    reason: v.ifValid(v.text),
    queuedAt: v.number,
    expiresAt: v.number,
    updatedAt: v.number,
    text: v.text,
    /** Type it even while a person's terminal shows the session. */
    force: v.boolean(),
    /** Type it although a usage limit is shown above the empty prompt. */
    afterLimit: v.ifValid(v.boolean()),
    /** Present when the text is certainly in the prompt, but Enter has not been pressed yet. */
    typed: v.ifValid(v.literal(true)),
  }),
  v.transform(({version: _, ...nudge}) => v.withoutAbsent(nudge)),
)

/** A nudge as it is stored. */
export type Nudge = NudgeReceipt & v.InferOutput<typeof format>

const ID = /^[0-9a-z]{9}-[0-9a-f]{12}$/
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

/** The nudge of that id. */
export function nudgeOf(id: string): v.GenericSchema<unknown, Nudge> {
  return v.pipe(
    format,
    v.check((nudge) => nudge.id === id),
  )
}
