import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, makeOwnFolder, reasonOf, unwritable} from '@gtown/sdk/files'

/** What was written down of a worker at its spawn, and at its end. */
export interface WorkerFile {
  name: string
  /** Tells this life of the name from all others. */
  incarnation: string
  /** What it was given to do. */
  task?: string
  branch: string
  /** The branch that its own began from. */
  base: string
  /** The agent that it was started with, where another than the configured one. */
  agent?: string
  /** Milliseconds since the epoch. */
  spawnedAt: number
  /** How it ended its work, such as COMPLETED. */
  exit?: string
  /** Milliseconds since the epoch. */
  doneAt?: number
  mergeRequest?: 'none' | 'open' | 'merged'
}

/** `unreadable`: it is there and cannot be used, so that what it says is unknown. */
export type WorkerFileRead = {file?: WorkerFile; unreadable?: string}

export const workersFolder = (rigPath: string) => join(rigPath, '.runtime', 'polecats')

export const workerFile = (rigPath: string, name: string) => join(workersFolder(rigPath), `${name}.json`)

/** Makes the folder of these files where it is missing: the lock of one is in it. */
export async function makeWorkersFolder(rigPath: string): Promise<void> {
  const folder = workersFolder(rigPath)
  try {
    await makeOwnFolder(join(rigPath, '.runtime'), 0o755)
    await makeOwnFolder(folder, 0o755)
  } catch (error) {
    throw unwritable(folder, error)
  }
}

/** Reads the file of a worker; nothing is changed about one that cannot be used: its owner writes it anew. */
export async function readWorkerFile(rigPath: string, name: string): Promise<WorkerFileRead> {
  const path = workerFile(rigPath, name)
  try {
    const file = parse(JSON.parse(await readFile(path, 'utf8')))
    return file?.name === name ? {file} : {unreadable: `${path} does not tell of a worker`}
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return {}
    if (error instanceof SyntaxError) return {unreadable: `${path} is no JSON`}
    return {unreadable: `cannot read ${path}: ${reasonOf(error)}`}
  }
}

function parse(value: unknown): WorkerFile | undefined {
  const of = (value ?? {}) as Record<string, unknown>
  const [name, incarnation, branch, base] = [of.name, of.incarnation, of.branch, of.base]
  const spawnedAt = momentOf(of.spawned_at)
  if (of.version !== 1 || spawnedAt === undefined) return undefined
  if (!isText(name) || !isText(incarnation) || !isText(branch) || !isText(base)) return undefined
  const doneAt = momentOf(of.done_at)
  if (of.done_at !== undefined && doneAt === undefined) return undefined
  return {
    name,
    incarnation,
    branch,
    base,
    spawnedAt,
    ...(isText(of.task) && {task: of.task}),
    ...(isText(of.agent) && {agent: of.agent}),
    ...(isText(of.exit) && {exit: of.exit}),
    ...(doneAt !== undefined && {doneAt}),
    ...(isMergeState(of.merge_request) && {mergeRequest: of.merge_request}),
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isMergeState = (value: unknown): value is 'none' | 'open' | 'merged' =>
  value === 'none' || value === 'open' || value === 'merged'

/** ISO 8601, or milliseconds since the epoch. */
function momentOf(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : value
  return typeof at === 'number' && Number.isFinite(at) ? at : undefined
}
