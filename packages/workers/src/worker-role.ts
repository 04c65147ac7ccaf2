import {defineRole, type RigRef, type RoleDefinition, rigSessionName} from '@gtown/sdk'
import {whileSandboxStays} from './guard-sandbox.js'
import type {WorkerRecord} from './record-format.js'
import {newSandbox, oldSandbox, polecatsFolder} from './sandbox.js'

/** A worker of a rig. */
export interface WorkerRef extends RigRef {
  name: string
}

/** What the agent of a worker is told at its start. */
export type Instructions = Pick<RoleDefinition<WorkerRef>, 'prompt' | 'startupMessages'>

/** The address of a worker, such as `alpha/nux`. */
export const addressOfWorker = ({rig, name}: WorkerRef) => `${rig.name}/${name}`

/** The variable that tells a worker's commands which life of its name they belong to. */
export const INCARNATION_VARIABLE = 'GT_POLECAT_INCARNATION'

/**
 * The role of a worker: an agent that works at one task, in a sandbox of its own. Spawned or restarted, it is the same
 * but for its instructions.
 *
 * @param incarnation the life that the sandbox must still belong to; undefined when it is not known
 */
export function workerRole(
  instructions: Instructions,
  incarnation: WorkerRecord['incarnation'] | undefined,
): RoleDefinition<WorkerRef> {
  return defineRole<WorkerRef>({
    name: 'polecat',
    scope: 'rig',
    icon: '🐱',
    sessionName: ({rig, name}) => rigSessionName(rig.name, name),
    title: addressOfWorker,
    // Outside every sandbox: files written there are not work.
    homeDir: ({rig}) => polecatsFolder(rig),
    workDirs: (ref) => [newSandbox(ref), oldSandbox(ref)],
    guardWorkDir: (ref, path, create) => whileSandboxStays(ref, {path, incarnation}, create),
    env: ({rig, name}) => ({
      BD_ACTOR: `${rig.name}/polecats/${name}`,
      GIT_AUTHOR_NAME: name,
      GIT_CEILING_DIRECTORIES: rig.town.root,
      GT_POLECAT: name,
      GT_RIG: rig.name,
      GT_ROLE: 'polecat',
      GT_ROOT: rig.town.root,
      GT_SCOPE: 'rig',
    }),
    theme: () => ({background: '#2d5a3d', foreground: '#e0e0e0'}),
    stopGraceMs: 5000,
    ...instructions,
  })
}
