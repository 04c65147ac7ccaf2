import {shorten} from '@gtown/sdk'

/** The result of one check of a sandbox. */
export interface Finding {
  /** `evidence`: nothing against a removal; `reason`: must not be removed; `unknown`: check failed, so not removed. */
  is: 'evidence' | 'reason' | 'unknown'
  text: string
}

export const evidence = (text: string): Finding => ({is: 'evidence', text})
export const reason = (text: string): Finding => ({is: 'reason', text})
export const unknownFinding = (text: string): Finding => ({is: 'unknown', text})

/** The first few names, and the number of the others. */
export function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => shorten(name))
  const more = names.length - shown.length
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}
