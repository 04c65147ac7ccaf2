import {join} from 'node:path'
import {isSafeName, type RigRef, shorten, usageError} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import type {WorkerRef} from '@gtown/workers'

/** Names of roles of a rig or town, and of directories of a rig. */
const RESERVED = new Set(['boot', 'crew', 'deacon', 'mayor', 'polecats', 'refinery', 'witness'])

/** Default names for workers. The first free one is used. */
export const NAMES = [
  'furiosa',
  'nux',
  'slit',
  'rictus',
  'dementus',
  'capable',
  'toast',
  'dag',
  'cheedo',
  'valkyrie',
  'keeper',
  'morsov',
  'ace',
  'warboy',
  'imperator',
  'organic',
  'coma',
  'splendid',
  'angharad',
  'max',
] as const

/** The worker of that name. Rejects, with a usage error, a name whose session or directory would be another's. */
export async function polecatNamed(ref: RigRef, name: string): Promise<WorkerRef> {
  const shown = shorten(name)
  if (!isSafeName(name)) {
    throw usageError(
      `'${shown}' cannot be the name of a polecat`,
      'Names have letters, digits, _ and -, at most 64 of them, and do not begin with -.',
    )
  }
  const lower = name.toLowerCase()
  if (RESERVED.has(lower) || lower.startsWith('crew-')) {
    throw usageError(`'${shown}' cannot be the name of a polecat: it is reserved`, 'Choose another name.')
  }
  const other = await clashingRig(ref, name)
  if (other !== undefined) {
    throw usageError(
      `'${shown}' cannot be the name of a polecat here: its session would be one of rig '${other}'`,
      'Choose another name.',
    )
  }
  return {...ref, name}
}

/** The other rig whose session names would clash: worker `b-c` of rig `a` clashes with worker `c` of rig `a-b`. */
async function clashingRig({rig, town}: RigRef, name: string): Promise<string | undefined> {
  const words = name.split('-')
  for (let count = 1; count < words.length; count++) {
    const other = [rig.name, ...words.slice(0, count)].join('-')
    if (await isThere(join(town.root, other))) return other
  }
  return undefined
}

/** Parses an address such as `alpha/nux` or `alpha/polecats/nux`. Throws a usage error for any other text. */
export function parseAddress(address: string): {rig: string; name: string} {
  const [, rig, name] = /^([^/]+)\/(?:polecats\/)?([^/]+)$/.exec(address) ?? []
  if (rig === undefined || name === undefined) {
    throw usageError(
      `'${shorten(address)}' is not the address of a polecat`,
      'Write rig/name, such as alpha/nux.',
    )
  }
  return {rig, name}
}
