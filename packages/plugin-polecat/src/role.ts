import {defineRole, type RigRef, type RoleDefinition, rigSessionName, startupBeacon} from '@gtown/sdk'
import {newSandbox, oldSandbox, polecatsFolder, type WorkerRecord, whileSandboxStays} from '@gtown/workers'

/** A worker of a rig. */
export interface PolecatRef extends RigRef {
  name: string
}

/** What people call a worker: `alpha/nux`. */
export const addressOfPolecat = ({rig, name}: PolecatRef) => `${rig.name}/${name}`

/** The variable that tells a worker's commands which life of its name they belong to. */
export const INCARNATION_VARIABLE = 'GT_POLECAT_INCARNATION'

/**
 * A worker: an agent that works at one task, in a sandbox of its own.
 *
 * @param work what it is told to do at its start, and the life of its name; absent for a role that nothing is started
 *   with
 */
export function polecatRole({
  task,
  incarnation,
}: Partial<Pick<WorkerRecord, 'task' | 'incarnation'>> = {}): RoleDefinition<PolecatRef> {
  return defineRole<PolecatRef>({
    name: 'polecat',
    scope: 'rig',
    icon: '🐱',
    sessionName: ({rig, name}) => rigSessionName(rig.name, name),
    title: addressOfPolecat,
    // Outside of every sandbox: what is written there is no work.
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
    prompt: (ref) => `${introduction(ref)}\n\n${task ? `The task:\n${task}` : NO_TASK}\n\n${ENDING}`,
    startupMessages: (ref, now) => [
      startupBeacon(addressOfPolecat(ref), {sender: 'witness', topic: 'assigned', now}),
      `${introduction(ref)} ${typedTask(ref, task)} ${ENDING}`,
    ],
    theme: () => ({background: '#2d5a3d', foreground: '#e0e0e0'}),
    stopGraceMs: 5000,
  })
}

const NO_TASK = 'No task was given at the start: run gt hook; if it shows none, wait for one.'

const ENDING =
  'Commit the work on the branch that is checked out. When it is finished, run: gt done. If it cannot be finished, run: gt done --exit ESCALATED.'

const introduction = (ref: PolecatRef) =>
  `I am ${ref.name}, a polecat (worker) of ${ref.rig.name}, in a git worktree of my own.`

/** Each line that is typed may be taken for a message of its own. */
function typedTask(ref: PolecatRef, task: WorkerRecord['task'] | undefined): string {
  if (!task) return NO_TASK
  return task.includes('\n')
    ? `The task is shown by: gt polecat status ${addressOfPolecat(ref)}.`
    : `The task: ${task}`
}
