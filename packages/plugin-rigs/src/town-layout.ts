import {lstat, mkdir, realpath, rm, rmdir} from 'node:fs/promises'
import {basename, dirname, join, relative} from 'node:path'
import {GtError, isGtError, usageError} from '@gtown/sdk'
import {hasErrno, replaceFile, unreadable, unwritable} from '@gtown/sdk/files'
import {isDirectory} from './files/is-directory.js'
import {createRegistry} from './registry-update.js'
import {findEnclosingTown} from './workspace/discover.js'
import {workspaceAt} from './workspace/open-workspace.js'
import {refuseMarker} from './workspace/trust.js'
import type {Environment} from './workspace/workspace.js'

export interface LaidOutTown {
  root: string
  /** New files and directories, relative to the town's root. */
  created: string[]
}

/** What this run has created, in order, with the way to undo it. */
type Created = {path: string; remove: () => Promise<void>}[]

/**
 * Turns a directory into a town. Idempotent: existing files stay, missing ones are added. Rejects for a directory inside
 * another town, and leaves nothing behind when it fails.
 *
 * @param root absolute path; created if missing
 * @param name the town's name; by default the directory's
 */
export async function layOutTown(
  root: string,
  name: string | undefined,
  env: Environment,
): Promise<LaidOutTown> {
  const townName = checkTownName(name ?? basename(root))
  await checkNotInsideTown(root, env)
  const refusal = await refuseMarker(root, env)
  if (refusal) throw refusal
  const created: Created = []
  try {
    await makeDirectory(root, created)
    await makeDirectory(join(root, 'mayor'), created)
    const town = {type: 'town', version: 2, name: townName, created_at: new Date().toISOString()}
    await makeFile(join(root, 'mayor', 'town.json'), town, created)
    await makeDirectory(join(root, 'settings'), created)
    await makeFile(join(root, 'settings', 'config.json'), {type: 'town-settings', version: 1}, created)
    await makeRegistry(root, env, created)
  } catch (error) {
    await undo(created)
    throw error
  }
  const inside = created.filter(({path}) => path.startsWith(join(root, '/')))
  return {root, created: inside.map(({path}) => relative(root, path))}
}

function checkTownName(name: string): string {
  if (name.trim() !== '' && name.length <= 100 && !/\p{Cc}/u.test(name)) return name
  throw usageError('a town needs a name of 1 to 100 printable characters', 'Give one with --name.')
}

async function checkNotInsideTown(root: string, env: Environment): Promise<void> {
  const enclosing = await findEnclosingTown(await realPathOfExisting(root), env)
  if (enclosing === undefined) return
  throw new GtError(`${root} is inside the town ${enclosing}`, {
    code: 'INSIDE_TOWN',
    hint: 'Towns do not nest. Choose a directory outside, or add a project to that town with: gt rig add <name> <git-url>',
  })
}

/** The path with links resolved, even if it does not exist yet. A link must not hide an enclosing town. */
async function realPathOfExisting(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return join(await realPathOfExisting(dirname(path)), basename(path))
    throw unreadable(path, error)
  }
}

/** Creates the directory with its missing parents. */
async function makeDirectory(path: string, created: Created): Promise<void> {
  if (await isDirectory(path)) return
  try {
    if (!(await isDirectory(dirname(path)))) await makeDirectory(dirname(path), created)
    await mkdir(path)
  } catch (error) {
    throw isGtError(error) ? error : unwritable(path, error)
  }
  created.push({path, remove: () => rmdir(path)})
}

async function undo(created: Created): Promise<void> {
  for (const {remove} of created.reverse()) {
    try {
      await remove()
    } catch (error) {
      // Another process removed it, or has put files there, which stay.
      if (!hasErrno(error, 'ENOENT', 'ENOTEMPTY')) throw error
    }
  }
}

async function makeFile(path: string, content: unknown, created: Created): Promise<void> {
  if (await exists(path)) return
  await replaceFile(path, `${JSON.stringify(content, null, 2)}\n`)
  created.push({path, remove: () => rm(path)})
}

async function makeRegistry(root: string, env: Environment, created: Created): Promise<void> {
  const workspace = workspaceAt(root, await realpath(root), env)
  const path = join(root, 'mayor', 'rigs.json')
  if (await createRegistry(workspace)) created.push({path, remove: () => rm(path)})
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return false
    throw unreadable(path, error)
  }
}
