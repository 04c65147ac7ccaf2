import {statfs} from 'node:fs/promises'
import {GtError, type RigRef, readMonotonicClock, type WorkSource} from '@gtown/sdk'
import {unreadable} from '@gtown/sdk/files'
import {unattendedGit} from '@gtown/sdk/git'
import type {Config} from '@oclif/core'
import {BeadsReader} from '../beads/reader.js'
import type {DiskSpace, PatrolServices} from '../patrol/services.js'
import type {ClockReading} from '../patrol/signals.js'
import {resolveRig} from '../registry/rigs.js'
import {collectWorkSources} from '../registry/works.js'
import {notifyProgram} from './notify-program.js'
import {currentPlace} from './place.js'
import {runBd} from './run-bd.js'
import {createServices} from './services.js'
import {startDispatcher} from './start-dispatcher.js'

/** Assembles the services of the patrol. */
export async function patrolServices(config: Config): Promise<PatrolServices> {
  const beads = new BeadsReader(runBd)
  const {processesIn, treeUsage} = await import('@gtown/process')
  return {
    ...createServices(config),
    startDispatcher,
    git: unattendedGit(process.env),
    clock: readClock,
    random: Math.random,
    treeUsage,
    processesIn,
    diskSpace,
    async workSources() {
      const {entries, problems} = await collectWorkSources(config)
      return problems.length === 0 ? entries : [unavailableSource(problems), ...entries]
    },
    readBeads: (rig) => beads.read(rig),
    notify: notifyProgram,
    callerDirectory: currentPlace().cwd ?? '/',
  }
}

/** Stands in for sources that cannot be asked. Their answer might contradict all others, so the work is unknown. */
function unavailableSource(problems: readonly string[]): WorkSource {
  const error = new GtError(problems.join('; '), {code: 'WORK_UNKNOWN'})
  return {name: 'plugins', priority: 0, read: () => Promise.reject(error)}
}

/** The rig of that name, or of the current directory. */
export async function findRig(config: Config, name: string | undefined): Promise<RigRef> {
  const rig = await resolveRig(config, {name, place: currentPlace()})
  return {rig, town: rig.town}
}

async function diskSpace(folder: string): Promise<DiskSpace> {
  try {
    const {bsize, blocks, bavail} = await statfs(folder)
    return {total: bsize * blocks, free: bsize * bavail}
  } catch (error) {
    throw unreadable(folder, error)
  }
}

function readClock(): ClockReading {
  return {wallMs: Date.now(), ...readMonotonicClock()}
}
