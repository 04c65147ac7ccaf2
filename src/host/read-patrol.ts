import type {RigPatrol, RigRef} from '@gtown/sdk'
import {BeadsReader} from '../beads/reader.js'
import {readRigPatrol} from '../patrol/rig-patrol.js'
import {runBd} from './run-bd.js'

/** One for the whole process, because it queries beads again only after a change. */
const beads = new BeadsReader(runBd)

/** See `HostPatrol.read`. */
export async function readPatrol({rig}: RigRef): Promise<RigPatrol> {
  return readRigPatrol(rig, await beads.read(rig))
}
