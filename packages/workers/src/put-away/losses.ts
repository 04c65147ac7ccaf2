import type {Verdict} from './manifest.js'

/**
 * What may be lost with a sandbox, one by one: what exists only there, and why nobody can tell more. Empty if the removal
 * gate called it safe.
 */
export function lossesOf({is, reasons, only_here = []}: Verdict): readonly string[] {
  if (is === 'safe') return []
  return is === 'unsafe' && only_here.length > 0 ? only_here : [...only_here, ...reasons]
}
