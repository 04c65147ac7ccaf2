import {join} from 'node:path'
import {newSandbox, oldSandbox, polecatsFolder} from '../sandbox.js'
import type {OpenRig} from './open-rig.js'

const PREFIX = 'polecats/'

/** The absolute path, without links, of a place that a manifest names. */
export const placeOf = ({polecats}: OpenRig, path: string) => join(polecats, path.slice(PREFIX.length))

/** What a manifest calls the place of a sandbox. */
export function nameOfPlace({rig}: OpenRig, path: string): string {
  return PREFIX + path.slice(polecatsFolder(rig).length + 1)
}

/** The folder around a place; the place itself in the older layout. */
export const homeOf = ({polecats}: OpenRig, path: string) => join(polecats, path.split('/')[1] ?? '')

/** Where the sandbox of another worker would be, in the layout that a place has. */
export function placeFor({rig}: OpenRig, name: string, like: string): string {
  const place = {rig, name}
  const isOld = like.split('/').length === 2
  return PREFIX + (isOld ? oldSandbox(place) : newSandbox(place)).slice(polecatsFolder(rig).length + 1)
}

/** What the name of a folder begins with whose deletion has begun. */
export const PURGING = '.purging-'

/** The folder of an entry whose deletion has begun. */
export const purgingFolder = ({removed}: Pick<OpenRig, 'removed'>, id: string) => join(removed, PURGING + id)
