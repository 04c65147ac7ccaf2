import {join} from 'node:path'
import type {Rig} from '@gtown/sdk'
import {readForeignFile, reasonOf} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {readPause} from '@gtown/sdk/watchdog'
import {type BeadsRead, rigLabels} from '../../beads/reader.js'
import {pauseFile} from '../pause.js'
import {known, unknown} from '../signal.js'
import type {RigSignals, Standing} from '../signals.js'
import {isShuttingDown} from './shutdown.js'

/** The original's configuration of a rig. */
const rigConfig = v.nullable(v.objectOf({values: v.nullish(v.objectOf({status: v.ifValid(v.text)}))}))

/**
 * Whether the rig is to be patrolled. The original records a parked or docked rig in a file of the town, or in the labels
 * of the rig's bead.
 */
export async function readStanding(
  {name, path, town}: Rig,
  beads: BeadsRead,
): Promise<RigSignals['standing']> {
  try {
    if (await isShuttingDown(town.root)) return known<Standing>('shutting down', 'shutdown lock')
    const pause = await readPause(pauseFile(path))
    if (pause) return known<Standing>('paused', 'pause file', 0, pause.reason)
    const file = join(town.root, '.beads-wisp', 'config', `${name}.json`)
    const status = readForeignFile(file, rigConfig)?.values?.status
    if (status === 'parked' || status === 'docked') return known<Standing>(status, file)
    if (beads.is === 'unknown') return unknown('beads', beads.detail)
    return beads.is === 'read' ? labelled(rigLabels(beads.beads, name)) : known<Standing>('operational', file)
  } catch (error) {
    return unknown('files of the rig', reasonOf(error))
  }
}

function labelled(labels: readonly string[]): RigSignals['standing'] {
  if (labels.includes('status:docked')) return known<Standing>('docked', 'beads')
  return known<Standing>(labels.includes('status:parked') ? 'parked' : 'operational', 'beads')
}
