import {shorten} from '@gtown/sdk'

/** One thing that was found out about a sandbox. */
export interface Finding {
  /** `evidence`: nothing stands against it; `reason`: it must not go; `unknown`: cannot be told, so it must not go. */
  is: 'evidence' | 'reason' | 'unknown'
  text: string
}

export const evidence = (text: string): Finding => ({is: 'evidence', text})
export const reason = (text: string): Finding => ({is: 'reason', text})
export const unknown = (text: string): Finding => ({is: 'unknown', text})

/** The first few names, and how many more there are. */
export function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => shorten(name))
  const more = names.length - shown.length
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}
