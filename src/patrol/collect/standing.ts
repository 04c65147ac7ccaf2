import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Rig} from '@gtown/sdk'
import {hasErrno, reasonOf} from '@gtown/sdk/files'
import {readPause} from '../pause.js'
import {known, unknown} from '../signal.js'
import type {RigSignals, Standing} from '../signals.js'

/** Whether the rig is to be patrolled. Of a rig that is parked or docked the original keeps it in the town. */
export async function readStanding({name, path, town}: Rig): Promise<RigSignals['standing']> {
  try {
    const pause = await readPause(path)
    if (pause) return known<Standing>('paused', 'pause file', 0, pause.reason)
    const file = join(town.root, '.beads-wisp', 'config', `${name}.json`)
    const status = await readStatus(file)
    return known<Standing>(status === 'parked' || status === 'docked' ? status : 'operational', file)
  } catch (error) {
    return unknown('files of the rig', reasonOf(error))
  }
}

async function readStatus(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))?.values?.status
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}
