import * as v from '@gtown/sdk/schema'

/**
 * The outcome of an action. `refused`: nothing was started, and the next cycle may decide it again. `failed`: it was
 * started, and counts as an attempt.
 */
export const outcomeFormat = v.openObject({
  is: v.picklist(['done', 'refused', 'failed']),
  detail: v.exactOptional(v.text),
  /** The command that undoes it. */
  undo: v.exactOptional(v.text),
})
export type Outcome = v.InferOutput<typeof outcomeFormat>

export const done = (detail?: string, undo?: string): Outcome => ({
  is: 'done',
  ...(detail !== undefined && {detail}),
  ...(undo !== undefined && {undo}),
})
export const refused = (detail: string): Outcome => ({is: 'refused', detail})
export const failed = (detail: string): Outcome => ({is: 'failed', detail})
