import {realpathSync, statSync} from 'node:fs'
import {dirname, isAbsolute, join, relative, resolve} from 'node:path'
import {ErrorCode, GtError, type Place} from '@gtown/sdk'
import {hasErrno, unreadable} from '@gtown/sdk/files'
import {workspaceAt} from './open-workspace.js'
import {refuseMarker} from './trust.js'
import type {Workspace} from './workspace.js'

/** `primary`: `mayor/town.json` exists. `secondary`: only `mayor/` exists. */
type Marker = 'primary' | 'secondary'

/** Returns the error for a directory with a marker that may not be used; undefined when it may. */
type Refuse = (root: string) => Promise<GtError | undefined>

/**
 * Finds the workspace around the user's directory, else the one that `GT_TOWN_ROOT` or `GT_ROOT` names. Rejects with
 * `NOT_IN_WORKSPACE`, and with `UNTRUSTED_WORKSPACE` when the nearest one belongs to another user.
 */
export async function findWorkspace(place: Place): Promise<Workspace> {
  const root = await findRoot(place, (directory) => refuseMarker(directory, place.env))
  return workspaceAt(root, realpathSync.native(root), place.env)
}

/** The root of the current workspace, whoever owns it. */
export function findRootOfAnyOwner(place: Place): Promise<string> {
  return findRoot(place, async () => undefined)
}

/** The root of the town that encloses this directory; undefined when there is none, or none that this user may use. */
export async function findEnclosingTown(directory: string, env: Place['env']): Promise<string | undefined> {
  const above = dirname(resolve(directory))
  for (const root of above === directory ? [] : ancestors(above)) {
    if ((await readMarker(root)) !== 'primary') continue
    return (await refuseMarker(root, env)) ? undefined : root
  }
  return undefined
}

/** True when the directory itself is the root of a workspace. */
export async function isWorkspace(directory: string): Promise<boolean> {
  return (await readMarker(directory)) !== undefined
}

/** The first component of the user's directory below the town. It does not check that such a rig exists. */
export function inferRigName(townRoot: string, place: Place): string {
  const [name = ''] = place.cwd === undefined ? [] : relative(townRoot, resolve(place.cwd)).split('/')
  if (name !== '' && name !== '..') return name
  throw new GtError('could not infer rig from current directory', {
    code: 'RIG_NOT_INFERRED',
    hint: `Name the rig, or change to its directory in ${townRoot}.`,
  })
}

async function findRoot(place: Place, refuse: Refuse): Promise<string> {
  const walked = place.cwd === undefined ? undefined : await walkUp(resolve(place.cwd), refuse)
  const root = walked ?? (await rootFromEnvironment(place, refuse))
  if (root !== undefined) return root
  const reason = place.cwd === undefined ? `: ${place.cwdError ?? 'the current directory was deleted'}` : ''
  throw new GtError(`not in a Gas Town workspace${reason}`, {
    code: ErrorCode.notInWorkspace,
    hint: 'Change to a workspace, create one with `gt install <dir>`, or set GT_TOWN_ROOT to its path.',
  })
}

/**
 * The innermost directory with a primary marker. From inside a worker's copy of the project, which may itself contain a
 * workspace, the outermost one. Without any primary marker, the outermost directory with a secondary one.
 *
 * A refused marker ends the walk. A workspace found below it counts; a workspace above it is not the user's.
 */
async function walkUp(start: string, refuse: Refuse): Promise<string | undefined> {
  const inWorkerCopy = start
    .split('/')
    .slice(0, -1)
    .some((name) => name === 'polecats' || name === 'crew')
  const found: Partial<Record<Marker, string>> = {}
  for (const directory of ancestors(start)) {
    const marker = await readMarker(directory)
    if (!marker) continue
    const refusal = await refuse(directory)
    const inner = found.primary ?? found.secondary
    if (refusal && inner === undefined) throw refusal
    if (refusal) return inner
    if (marker === 'primary' && !inWorkerCopy) return directory
    found[marker] = directory
  }
  return found.primary ?? found.secondary
}

async function rootFromEnvironment(place: Place, refuse: Refuse): Promise<string | undefined> {
  const candidates =
    place.cwd === undefined ? [place.env.GT_TOWN_ROOT] : [place.env.GT_TOWN_ROOT, place.env.GT_ROOT]
  for (const candidate of candidates) {
    if (candidate === undefined || !isAbsolute(candidate)) continue
    const root = resolve(candidate)
    const marker = await readMarker(root)
    if (!marker || (marker === 'secondary' && place.cwd === undefined)) continue
    const refusal = await refuse(root)
    if (refusal) throw refusal
    return root
  }
  return undefined
}

function* ancestors(start: string): Generator<string> {
  yield start
  for (let directory = start; directory !== dirname(directory); ) {
    directory = dirname(directory)
    yield directory
  }
}

async function readMarker(directory: string): Promise<Marker | undefined> {
  const mayor = join(directory, 'mayor')
  if (!(await statIfVisible(mayor))?.isDirectory()) return undefined
  return (await statIfVisible(join(mayor, 'town.json'))) ? 'primary' : 'secondary'
}

/** Undefined when missing or not accessible (`EACCES`): the user's own workspace is accessible. */
async function statIfVisible(path: string) {
  try {
    return statSync(path)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG')) return undefined
    throw unreadable(path, error)
  }
}
