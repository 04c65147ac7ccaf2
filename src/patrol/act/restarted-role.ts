import {type RoleDefinition, startupBeacon} from '@gtown/sdk'
import {addressOfWorker, INCARNATION_VARIABLE, type WorkerRef, workerRole} from '@gtown/workers'
import {whyOpen} from '../decide/reopened.js'
import type {FoundWorker} from '../observe/observe-rig.js'

/** The role of a worker whose agent is restarted in this sandbox, with an instruction to go on. */
export function restartedRole({record, signals}: FoundWorker, sandbox: string): RoleDefinition<WorkerRef> {
  const task = instruction(record?.task ?? undefined, whyOpen(signals.work))
  const role = workerRole(
    {
      prompt: ({rig, name}) => `I am ${name}, a polecat (worker) of ${rig.name}, started again. ${task}`,
      startupMessages: (ref, now) => [
        startupBeacon(addressOfWorker(ref), {sender: 'witness', topic: 'restart', now}),
        task,
      ],
    },
    record?.incarnation,
  )
  const life = record && {[INCARNATION_VARIABLE]: record.incarnation}
  return {...role, workDirs: () => [sandbox], env: (ref) => ({...role.env(ref), ...life})}
}

/** In one line, since not every agent accepts several. */
function instruction(task: string | undefined, reopened: string): string {
  const what = task === undefined ? '' : `: ${task.replaceAll(/\s+/g, ' ').trim()}`
  return `Your session had ended, and your sandbox is as you left it. Look at git status and git log, and go on with your task${reopened}${what}. When it is finished, run gt done.`
}
