import {mkdir, realpath} from 'node:fs/promises'
import {dirname} from 'node:path'
import {GtError, type Place} from '@gtown/sdk'
import {hasErrno, replaceFile, unreadable, unwritable, withFileLock} from '@gtown/sdk/files'
import {requireAbsolutePath} from './absolute-path.js'
import {findRootOfAnyOwner, isWorkspace} from './discover.js'
import {isTrusted, readTrusted, trustedFile} from './trusted-directories.js'
import type {Environment} from './workspace.js'

export interface TrustChange {
  /** The workspace, with links resolved. */
  directory: string
  trusted: boolean
  /** False when the state was already the requested one. */
  changed: boolean
}

/**
 * Starts or stops trusting a workspace, whoever owns it.
 *
 * @param directory relative to the place; undefined for the current workspace
 */
export async function changeTrust(
  directory: string | undefined,
  trusted: boolean,
  place: Place,
): Promise<TrustChange> {
  const root =
    directory === undefined ? await findRootOfAnyOwner(place) : requireAbsolutePath(directory, place)
  if (trusted && !(await isWorkspace(root))) {
    throw new GtError(`${root} is not a Gas Town workspace: it has no mayor/ directory`, {
      code: 'NOT_A_WORKSPACE',
      hint: 'Give the directory of the town itself; its rigs are trusted with it.',
    })
  }
  const real = await realPath(root)
  return {directory: real, trusted, changed: await setTrusted(real, trusted, place.env)}
}

/** The real path; the given one for a deleted workspace, which can still be removed from the list by that path. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return path
    throw unreadable(path, error)
  }
}

async function setTrusted(realPath: string, trusted: boolean, env: Environment): Promise<boolean> {
  if ((await isTrusted(realPath, env)) === trusted) return false
  const file = trustedFile(env)
  await makeDirectory(dirname(file))
  return withFileLock(file, async () => {
    const others = (await readTrusted(env)).filter((directory) => directory !== realPath)
    const directories = trusted ? [...others, realPath] : others
    await replaceFile(file, `${JSON.stringify({version: 1, directories}, null, 2)}\n`, 0o600)
    return true
  })
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, {recursive: true, mode: 0o700})
  } catch (error) {
    throw unwritable(directory, error)
  }
}
