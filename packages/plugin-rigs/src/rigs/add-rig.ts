import {lstat, mkdir, rename, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError, type Place, type Rig} from '@gtown/sdk'
import {hasErrno, unreadable, unwritable} from '@gtown/sdk/files'
import {readGitLimits} from '@gtown/sdk/git'
import {cloneBare} from '../git/clone.js'
import type {GitOptions} from '../git/git.js'
import {resolveSource, withoutCredentials} from '../git/source.js'
import {type Registry, readRegistry} from '../registry.js'
import {withRegistryLock} from '../registry-update.js'
import {rigOf} from '../rig.js'
import {findWorkspace} from '../workspace/discover.js'
import {checkNewRigName} from './rig-name.js'
import {withScratch} from './scratch.js'

export interface AddRigRequest {
  name: string
  /** A URL, or a path relative to the place. */
  source: string
  place: Place
  git: Pick<GitOptions, 'mayAsk' | 'signal' | 'onStderr'>
  /** Called right before the clone, which may take a while, with its source: a URL without passwords, or a path. */
  onClone?: (source: string) => void
}

export interface AddedRig {
  name: string
  path: string
  gitUrl: string
  defaultBranch: string
}

/**
 * Clones a repository and registers it as a rig of the town. All or nothing: after an error, an abort or a clone that
 * reached a limit of the town's settings, nothing is left behind.
 */
export async function addRig({name, source, place, git, onClone}: AddRigRequest): Promise<AddedRig> {
  checkNewRigName(name)
  const workspace = await findWorkspace(place)
  const gitUrl = await resolveSource(source, place)
  const rig = rigOf(workspace, name)
  await checkVacant(rig, await readRegistry(workspace))
  const {root, agentSettings} = workspace.town
  const limits = await readGitLimits({path: root, agentSettings})
  return withScratch(workspace.town.root, async (scratch) => {
    onClone?.(withoutCredentials(gitUrl))
    const addedAt = new Date().toISOString()
    const draft = join(scratch, name)
    const repository = join(draft, '.repo.git')
    const options = {...git, limits, cwd: scratch, env: place.env}
    const defaultBranch = await cloneBare(gitUrl, repository, options)
    await createRigFiles(draft, {name, git_url: gitUrl, default_branch: defaultBranch, created_at: addedAt})
    await withRegistryLock(workspace, async (registry) => {
      // Another process may have taken the name during the clone.
      await checkVacant(rig, registry)
      git.signal?.throwIfAborted()
      await moveInto(rig.path, draft, () => registry.write(name, {git_url: gitUrl, added_at: addedAt}))
    })
    return {name, path: rig.path, gitUrl, defaultBranch}
  })
}

/** Rejects when the name is registered, or its directory exists. */
async function checkVacant(rig: Rig, registry: Registry): Promise<void> {
  if (registry.rigs.has(rig.name)) {
    throw new GtError(`rig '${rig.name}' already exists`, {
      code: 'RIG_EXISTS',
      hint: `It is registered in ${registry.file}. Choose another name, or run: gt rig remove ${rig.name}`,
    })
  }
  try {
    await lstat(rig.path)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return
    throw unreadable(rig.path, error)
  }
  throw new GtError(`cannot add rig '${rig.name}': ${rig.path} already exists`, {
    code: 'RIG_EXISTS',
    hint: 'It is not registered as a rig. Choose another name, or move the directory away.',
  })
}

/** Creates the parts of a rig besides its repository. */
async function createRigFiles(directory: string, config: Record<string, string>): Promise<void> {
  try {
    await mkdir(join(directory, 'polecats'))
    await mkdir(join(directory, 'witness'))
    const content = {type: 'rig', version: 1, ...config}
    await writeFile(join(directory, 'config.json'), `${JSON.stringify(content, null, 2)}\n`)
  } catch (error) {
    throw unwritable(directory, error)
  }
}

/** Moves the finished rig into place, and back again when it cannot be registered. */
async function moveInto(path: string, draft: string, register: () => Promise<void>): Promise<void> {
  try {
    await rename(draft, path)
  } catch (error) {
    throw unwritable(path, error)
  }
  try {
    await register()
  } catch (error) {
    await rename(path, draft)
    throw error
  }
}
