import {join} from 'node:path'
import {newSandbox, oldSandbox, polecatsFolder} from '../sandbox.js'
import type {OpenRig} from './open-rig.js'

const PREFIX = 'polecats/'

/** Absolute path without links for a path from a manifest. */
export const placeOf = ({polecats}: OpenRig, path: string) => join(polecats, path.slice(PREFIX.length))

/** Path of a sandbox as a manifest stores it. */
export function nameOfPlace({rig}: OpenRig, path: string): string {
  return PREFIX + path.slice(polecatsFolder(rig).length + 1)
}

/** Folder of the worker that owns a path from a manifest. In the older layout, this is the sandbox itself. */
export const homeOf = ({polecats}: OpenRig, path: string) => join(polecats, path.split('/')[1] ?? '')

/** Path for the sandbox of another worker, in the same layout as `like`. Both are paths as in a manifest. */
export function placeFor({rig}: OpenRig, name: string, like: string): string {
  const place = {rig, name}
  const isOld = like.split('/').length === 2
  return PREFIX + (isOld ? oldSandbox(place) : newSandbox(place)).slice(polecatsFolder(rig).length + 1)
}

/** Prefix of the name of an entry that is being deleted. */
export const PURGING = '.purging-'

/** Folder of an entry that is being deleted. */
export const purgingFolder = ({removed}: Pick<OpenRig, 'removed'>, id: string) => join(removed, PURGING + id)
