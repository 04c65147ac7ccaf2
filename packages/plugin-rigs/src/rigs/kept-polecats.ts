import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {isGtError, isSafeName, type Rig, shorten} from '@gtown/sdk'
import {hasErrno, isAbandoned, unreadable} from '@gtown/sdk/files'
import type {Git} from '@gtown/sdk/git'
import {listRemoved, type RemovedList, type RemovedSandbox} from '@gtown/workers/put-away'

type RigFolder = Pick<Rig, 'name' | 'path'>

/**
 * The polecats whose work a deletion of the rig would lose: one reason each, with the command that gets past it. Names
 * both living ones and those that were put away.
 */
export async function findPolecats(rig: RigFolder, git: Git): Promise<string[]> {
  const reasons: string[] = []
  for (const name of await namesIn(join(rig.path, 'polecats'))) {
    if (name === '.removed') reasons.push(...(await findRemoved(rig, git)))
    else if (!(await isDeadLock(join(rig.path, 'polecats', name)))) reasons.push(whyKept(rig, name))
  }
  return reasons
}

function whyKept({name: rig}: RigFolder, name: string): string {
  const [, spawning] = /^\.spawning-([^.]+)\./.exec(name) ?? []
  if (spawning !== undefined)
    return `a spawn of ${spawning} was not finished: remove it with gt polecat nuke ${rig}/${spawning}`
  if (isSafeName(name)) return `polecat ${name} is there: put it away with gt polecat nuke ${rig}/${name}`
  return `polecats/${shorten(name)} was not made by gt`
}

/** True for the folder of a lock whose owner is gone. */
async function isDeadLock(path: string): Promise<boolean> {
  if (!path.endsWith('.lock')) return false
  for (const claim of await namesIn(path)) if (!(await isAbandoned(claim))) return false
  return true
}

async function findRemoved(rig: RigFolder, git: Git): Promise<string[]> {
  try {
    return removedReasons(rig, await listRemoved({git, rig}))
  } catch (error) {
    if (!isGtError(error)) throw error
    return [`cannot tell which removed polecats are kept: ${error.message}`]
  }
}

function removedReasons({name: rig}: RigFolder, {sandboxes, purging, unknown}: RemovedList): string[] {
  const [safe, unclean] = [
    sandboxes.filter(({verdict}) => verdict.is === 'safe'),
    sandboxes.filter(({verdict}) => verdict.is !== 'safe'),
  ]
  const purge = `gt polecat purge ${rig} --older-than 0d`
  const reasons: string[] = []
  if (safe.length > 0) reasons.push(`${count(safe)} kept: delete with ${purge}`)
  if (unclean.length > 0) {
    reasons.push(
      `${count(unclean)} kept with work that may exist nowhere else: see gt polecat list ${rig} --removed, and delete with ${purge} --unclean`,
    )
  }
  for (const {id, name} of purging)
    reasons.push(
      `${id} is not deleted completely: finish it with gt polecat purge ${rig}/${name ?? 'NAME'} --id ${id}`,
    )
  for (const folder of unknown)
    reasons.push(`${folder} holds a sandbox, but no readable manifest: move it away`)
  return reasons
}

/** For example: 2 removed polecats (nux since 2026-12-01, slit since 2026-12-02) are. */
function count(sandboxes: readonly RemovedSandbox[]): string {
  const names = sandboxes.slice(0, 5).map(({name, removedAt}) => `${name} since ${removedAt.slice(0, 10)}`)
  const more = sandboxes.length - names.length
  const all = names.join(', ') + (more > 0 ? ` and ${more} more` : '')
  return sandboxes.length === 1
    ? `1 removed polecat (${all}) is`
    : `${sandboxes.length} removed polecats (${all}) are`
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).sort()
  } catch (error) {
    // A file or a link in the place of polecats/ is reported as not made by gt.
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(directory, error)
  }
}
