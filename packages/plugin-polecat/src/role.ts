import {type RoleDefinition, startupBeacon} from '@gtown/sdk'
import {addressOfWorker, type WorkerRecord, type WorkerRef, workerRole} from '@gtown/workers'

/**
 * The role of a worker that is spawned.
 *
 * @param work its task, and the life of its name; absent for a role that starts nothing
 */
export function polecatRole({
  task,
  incarnation,
}: Partial<Pick<WorkerRecord, 'task' | 'incarnation'>> = {}): RoleDefinition<WorkerRef> {
  return workerRole(
    {
      prompt: (ref) => `${introduction(ref)}\n\n${task ? `The task:\n${task}` : NO_TASK}\n\n${ENDING}`,
      startupMessages: (ref, now) => [
        startupBeacon(addressOfWorker(ref), {sender: 'witness', topic: 'assigned', now}),
        `${introduction(ref)} ${typedTask(ref, task)} ${ENDING}`,
      ],
    },
    incarnation,
  )
}

const NO_TASK = 'No task was given at the start: run gt hook; if it shows none, wait for one.'

const ENDING =
  'Commit the work on the branch that is checked out. When it is finished, run: gt done. If it cannot be finished, run: gt done --exit ESCALATED.'

const introduction = (ref: WorkerRef) =>
  `I am ${ref.name}, a polecat (worker) of ${ref.rig.name}, in a git worktree of my own.`

/** An agent may take each typed line for a message of its own. */
function typedTask(ref: WorkerRef, task: WorkerRecord['task'] | undefined): string {
  if (!task) return NO_TASK
  return task.includes('\n')
    ? `The task is shown by: gt polecat status ${addressOfWorker(ref)}.`
    : `The task: ${task}`
}
