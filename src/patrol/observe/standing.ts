import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Rig} from '@gtown/sdk'
import {hasErrno, reasonOf} from '@gtown/sdk/files'
import {type BeadsRead, rigLabels} from '../../beads/reader.js'
import {readPause} from '../pause.js'
import {known, unknown} from '../signal.js'
import type {RigSignals, Standing} from '../signals.js'
import {isShuttingDown} from './shutdown.js'

/**
 * Whether the rig is to be patrolled. That a rig is parked or docked the original keeps in a file of the town, or in
 * the labels of the bead that stands for the rig.
 */
export async function readStanding(
  {name, path, town}: Rig,
  beads: BeadsRead,
): Promise<RigSignals['standing']> {
  try {
    if (await isShuttingDown(town.root)) return known<Standing>('shutting down', 'shutdown lock')
    const pause = await readPause(path)
    if (pause) return known<Standing>('paused', 'pause file', 0, pause.reason)
    const file = join(town.root, '.beads-wisp', 'config', `${name}.json`)
    const status = await readStatus(file)
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

async function readStatus(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))?.values?.status
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}
