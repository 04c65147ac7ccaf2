/**
 * What became of an action. `refused`: nothing was begun, and the next cycle may decide it again. `failed`: it was
 * begun, and counts as tried.
 */
export interface Outcome {
  is: 'done' | 'refused' | 'failed'
  detail?: string
}

export const done = (detail?: string): Outcome => ({is: 'done', ...(detail !== undefined && {detail})})
export const refused = (detail: string): Outcome => ({is: 'refused', detail})
export const failed = (detail: string): Outcome => ({is: 'failed', detail})
