import {type RigRef, type RoleDefinition, startupBeacon} from '@gtown/sdk'
import {polecatsFolder, whileSandboxStays} from '@gtown/workers'
import {workerSession} from '../../supervisor/worker-session.js'
import {whyOpen} from '../decide/reopened.js'
import type {FoundWorker} from '../observe/observe-rig.js'

/**
 * The role of a worker whose agent is restarted in this sandbox, with an instruction to go on. Its identity is the same as
 * at its spawn.
 */
export function restartedRole(
  {name: worker, record, signals}: FoundWorker,
  sandbox: string,
): RoleDefinition<RigRef> {
  const address = ({rig}: RigRef) => `${rig.name}/${worker}`
  const task = instruction(record?.task ?? undefined, whyOpen(signals.work))
  return {
    ...workerSession(worker),
    scope: 'rig',
    icon: '🐱',
    title: address,
    workDirs: () => [sandbox],
    guardWorkDir: ({rig}, path, create) =>
      whileSandboxStays({rig, name: worker}, {path, incarnation: record?.incarnation}, create),
    homeDir: ({rig}) => polecatsFolder(rig),
    env: (ref) => ({
      BD_ACTOR: `${ref.rig.name}/polecats/${worker}`,
      GIT_AUTHOR_NAME: worker,
      GIT_CEILING_DIRECTORIES: ref.town.root,
      GT_POLECAT: worker,
      ...(record && {GT_POLECAT_INCARNATION: record.incarnation}),
      GT_RIG: ref.rig.name,
      GT_ROLE: 'polecat',
      GT_ROOT: ref.town.root,
      GT_SCOPE: 'rig',
    }),
    prompt: (ref) => `I am ${worker}, a polecat (worker) of ${ref.rig.name}, started again. ${task}`,
    startupMessages: (ref, now) => [
      startupBeacon(address(ref), {sender: 'witness', topic: 'restart', now}),
      task,
    ],
    theme: () => ({background: '#2d5a3d', foreground: '#e0e0e0'}),
    stopGraceMs: 5000,
  }
}

/** In one line, since not every agent accepts several. */
function instruction(task: string | undefined, reopened: string): string {
  const what = task === undefined ? '' : `: ${task.replaceAll(/\s+/g, ' ').trim()}`
  return `Your session had ended, and your sandbox is as you left it. Look at git status and git log, and go on with your task${reopened}${what}. When it is finished, run gt done.`
}
