import {ErrorCode, GtError, shorten} from '@gtown/sdk'
import {compareBytes} from './polecats.js'
import type {Registry} from './registry.js'

export function rigNotFound(name: string, hint: string): GtError {
  return new GtError(`rig '${shorten(name)}' not found`, {code: ErrorCode.rigNotFound, hint})
}

/** A hint that lists the known rigs, or says how to add one. */
export function knownRigsHint({file, exists, rigs}: Registry): string {
  const names = [...rigs.keys()].sort(compareBytes).map((name) => shorten(name))
  if (names.length > 0) return `Known rigs: ${names.join(', ')}.`
  const none = exists ? `No rigs are registered in ${file}.` : `${file} does not exist.`
  return `${none} Add a rig with: gt rig add <name> <git-url>`
}
