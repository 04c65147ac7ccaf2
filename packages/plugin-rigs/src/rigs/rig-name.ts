import {isSafeName, shorten, usageError} from '@gtown/sdk'

/** Directories of a town that are no rigs, and of a rig that discovery knows by name. */
const TAKEN = ['mayor', 'settings', 'deacon', 'daemon', 'logs', 'plugins', 'crew', 'polecats']

/** Keys that JSON and JavaScript objects do not agree about. */
const UNUSABLE_KEYS = ['__proto__', 'constructor', 'prototype']

const RESERVED = new Set([...TAKEN, ...UNUSABLE_KEYS])

/** Rejects a name that a new rig may not have with a usage error. Existing rigs may have others. */
export function checkNewRigName(name: string): void {
  const shown = shorten(name)
  if (/[-.\s]/.test(name)) {
    const suggestion = name.trim().replaceAll(/[-.\s]+/g, '_')
    throw usageError(
      `rig name '${shown}' is not allowed: it must not have '-', '.' or blanks`,
      isSafeName(suggestion) ? `Try '${suggestion}'.` : undefined,
    )
  }
  if (!isSafeName(name)) {
    throw usageError(
      `rig name '${shown}' is not allowed`,
      'Names have letters, digits and _, at most 64 of them.',
    )
  }
  if (RESERVED.has(name.toLowerCase())) {
    throw usageError(`rig name '${shown}' is reserved`, 'Choose another name.')
  }
}
