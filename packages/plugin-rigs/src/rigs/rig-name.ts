import {isSafeName, shorten, usageError} from '@gtown/sdk'

/** Directories of a town that are not rigs, and directories of a rig that discovery treats specially. */
const TAKEN = ['mayor', 'settings', 'deacon', 'daemon', 'logs', 'plugins', 'crew', 'polecats']

/** Keys with a special meaning in JavaScript objects. */
const UNUSABLE_KEYS = ['__proto__', 'constructor', 'prototype']

const RESERVED = new Set([...TAKEN, ...UNUSABLE_KEYS])

/** Throws a usage error for a name that a new rig must not have. Existing rigs may have such names. */
export function checkNewRigName(name: string): void {
  const shown = shorten(name)
  if (/[-.\s]/.test(name)) {
    const suggestion = name.trim().replaceAll(/[-.\s]+/g, '_')
    throw usageError(
      `rig name '${shown}' is not allowed: it must not contain '-', '.' or blanks`,
      isSafeName(suggestion) ? `Try '${suggestion}'.` : undefined,
    )
  }
  if (!isSafeName(name)) {
    throw usageError(
      `rig name '${shown}' is not allowed`,
      'Use letters, digits and _, at most 64 characters.',
    )
  }
  if (RESERVED.has(name.toLowerCase())) {
    throw usageError(`rig name '${shown}' is reserved`, 'Choose another name.')
  }
}
