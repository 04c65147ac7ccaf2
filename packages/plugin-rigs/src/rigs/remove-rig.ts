import {lstat, realpath, rename} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError, isSafeName, type Place, prefixed, type Rig, type Session, shorten} from '@gtown/sdk'
import {hasErrno, reasonOf, unreadable} from '@gtown/sdk/files'
import {type Git, unattendedGit} from '@gtown/sdk/git'
import {mountsIn} from '@gtown/workers/put-away'
import type {GitOptions} from '../git/git.js'
import {readRegistry} from '../registry.js'
import type {RigEntry} from '../registry-format.js'
import {withRegistryLock} from '../registry-update.js'
import {rigOf} from '../rig.js'
import {knownRigsHint, rigNotFound} from '../rig-not-found.js'
import {findWorkspace} from '../workspace/discover.js'
import {checkOwner} from '../workspace/trust.js'
import {findPolecats} from './kept-polecats.js'
import {findUnknownFiles, findUnsavedWork} from './removal-gate.js'
import {withScratch} from './scratch.js'

export interface RemoveRigRequest {
  name: string
  deleteFiles: boolean
  place: Place
  /** The rig's sessions, running or not. Rejects when they cannot be listed. */
  sessionsOf(rig: Rig): Promise<Session[]>
  git: Pick<GitOptions, 'mayAsk' | 'signal'>
}

export interface RemovedRig {
  name: string
  /** Path of its files, even after their deletion. */
  path: string
  files: 'kept' | 'deleted' | 'absent'
}

/**
 * Removes a rig from the town's registry, and on request deletes its files. Rejects and changes nothing while the rig
 * has sessions, when its sessions cannot be listed, and when a deletion could lose work.
 */
export async function removeRig(request: RemoveRigRequest): Promise<RemovedRig> {
  const {name, place} = request
  const workspace = await findWorkspace(place)
  const registry = await readRegistry(workspace)
  const entry = registry.rigs.get(name)
  if (!entry) throw rigNotFound(name, knownRigsHint(registry))
  const rig = rigOf(workspace, name)
  await checkNoSessions(request, rig)
  if (!request.deleteFiles || !(await hasFiles(rig))) {
    await withRegistryLock(workspace, (locked) => locked.write(name, undefined))
    return {name, path: rig.path, files: request.deleteFiles ? 'absent' : 'kept'}
  }
  await checkOwner(workspace, rig.path)
  await checkNothingLost(request, rig, entry)
  await withScratch(workspace.town.root, (scratch) =>
    withRegistryLock(workspace, async (locked) => {
      // A session may have been started while the origin was queried.
      await checkNoSessions(request, rig)
      request.git.signal?.throwIfAborted()
      await moveOut(request, rig, {
        destination: join(scratch, name),
        unregister: () => locked.write(name, undefined),
      })
    }),
  )
  return {name, path: rig.path, files: 'deleted'}
}

async function checkNoSessions({sessionsOf}: RemoveRigRequest, rig: Rig): Promise<void> {
  let sessions: Session[]
  try {
    sessions = await sessionsOf(rig)
  } catch (error) {
    throw prefixed(`cannot tell whether rig '${shorten(rig.name)}' has sessions`, error)
  }
  if (sessions.length === 0) return
  const roles = new Set(sessions.map(({labels}) => labels.role ?? 'witness'))
  const stops = [...roles].map((role) => `gt ${role} stop ${rig.name}`)
  throw new GtError(`rig '${rig.name}' has sessions: ${sessions.map(({name}) => name).join(', ')}`, {
    code: 'RIG_IN_USE',
    hint: `Stop them first: ${stops.join('; ')}`,
  })
}

/** True when the rig's directory exists. Rejects when gt must never delete what is there. */
async function hasFiles({name, path}: Rig): Promise<boolean> {
  if (!isSafeName(name)) throw unsafe(name, ['its name cannot be a directory of the town'])
  try {
    if ((await lstat(path)).isDirectory()) return true
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return false
    throw unreadable(path, error)
  }
  throw unsafe(name, [`${path} is a link or a file`])
}

async function checkNothingLost({git, place}: RemoveRigRequest, rig: Rig, entry: RigEntry): Promise<void> {
  const reasons = [
    ...(await findFiles(rig, unattendedGit(place.env))),
    ...(await findUnsavedWork(rig.path, entry.git_url, {...git, env: place.env})),
  ]
  if (reasons.length > 0) throw unsafe(rig.name, reasons)
}

/** What a deletion of the rig's directory would lose, judged without its origin: one reason each. */
async function findFiles(rig: Pick<Rig, 'name' | 'path'>, git: Git): Promise<string[]> {
  const mounts = await mountsIn(await realpath(rig.path))
  return [
    ...(await findUnknownFiles(rig.path)),
    ...(await findPolecats(rig, git)),
    ...mounts.map((mount) => `something is mounted at ${shorten(mount, 200)}: unmount it with umount`),
  ]
}

/** Moves the rig to the directory that is deleted, or back when a check or the registry fails. */
async function moveOut(
  {place}: RemoveRigRequest,
  rig: Rig,
  {destination, unregister}: {destination: string; unregister: () => Promise<void>},
): Promise<void> {
  // Not yet into the scratch directory, which a later gt deletes: first the registry must be updated.
  const aside = join(rig.town.root, `.${rig.name}.removing`)
  await move(rig.path, aside)
  try {
    const reasons = await findFiles({name: rig.name, path: aside}, unattendedGit(place.env))
    if (reasons.length > 0) throw unsafe(rig.name, reasons)
    await unregister()
  } catch (error) {
    await move(aside, rig.path)
    throw error
  }
  await move(aside, destination)
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    throw new GtError(`cannot move ${from} to ${to}: ${reasonOf(error)}`, {code: 'UNWRITABLE', cause: error})
  }
}

function unsafe(name: string, reasons: string[]): GtError {
  const list = reasons.map((reason) => `- ${reason}`).join('\n')
  return new GtError(`the files of rig '${shorten(name)}' are not safe to delete`, {
    code: 'RIG_NOT_SAFE_TO_DELETE',
    hint: `${list}\nNothing was changed. Without --delete-files only the registry entry is removed.`,
    details: {reasons},
  })
}
