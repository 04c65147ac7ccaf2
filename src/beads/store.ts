import {readdir, realpath, stat} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import type {Rig} from '@gtown/sdk'
import {GtError} from '@gtown/sdk'
import {hasErrno, isThere, readIfThere} from '@gtown/sdk/files'

/** Where the beads of a rig are. */
export interface BeadsStore {
  /** Absolute path of the folder, redirects followed. */
  folder: string
  /** Whether its files change whenever a bead does; a server keeps its data elsewhere. */
  isInFiles: boolean
}

/** A folder may point to another one so many times. */
const REDIRECTS = 4

/**
 * Finds the beads that the original gave a rig: in `<rig>/.beads`, or where that points to. Undefined where the rig
 * uses none: what the project itself keeps in its repository is none of the town's. Rejects where it leads out of the
 * town, or cannot be read.
 */
export async function findStore({path, town}: Rig): Promise<BeadsStore | undefined> {
  let folder = join(path, '.beads')
  if (!(await isThere(folder))) return undefined
  for (let count = 0; count < REDIRECTS; count++) {
    const target = (await readIfThere(join(folder, 'redirect')))?.trim()
    if (!target) break
    folder = resolve(dirname(folder), target)
  }
  const real = await realpath(folder)
  if (!`${real}/`.startsWith(`${town.realRoot}/`)) {
    throw new GtError(`the beads of ${path} are outside of the town: ${real}`, {code: 'BEADS_OUTSIDE'})
  }
  const metadata = await readJson(join(folder, 'metadata.json'))
  return {folder, isInFiles: metadata?.backend !== 'dolt'}
}

/** What changes with the files that beads are in; not with the logs and locks beside them. */
export async function stampOf({folder}: BeadsStore): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /\.(db|db-wal|jsonl|json|yaml)$/.test(name)).sort()
  const facts = await Promise.all(names.map((name) => fileStamp(folder, name)))
  return facts.join('\n')
}

async function fileStamp(folder: string, name: string): Promise<string> {
  try {
    const {mtimeMs, size, ino} = await stat(join(folder, name))
    return [name, mtimeMs, size, ino].join(' ')
  } catch (error) {
    // It came and went.
    if (hasErrno(error, 'ENOENT')) return name
    throw error
  }
}

/**
 * The bead that stands for the rig itself; undefined where neither the rig's file nor the registry of the town says
 * with what its ids begin.
 */
export async function rigBeadId({name, path, town}: Rig): Promise<string | undefined> {
  const own = await readJson(join(path, 'config.json'))
  const registry = await readJson(join(town.root, 'mayor', 'rigs.json'))
  const prefixes = [own?.beads?.prefix, registry?.rigs?.[name]?.beads?.prefix]
  const prefix = prefixes.find((one) => typeof one === 'string' && /^[A-Za-z0-9_-]+$/.test(one))
  return prefix === undefined ? undefined : `${prefix}-rig-${name}`
}

interface Configuration {
  backend?: unknown
  beads?: {prefix?: unknown}
  rigs?: Record<string, Configuration | undefined>
}

async function readJson(file: string): Promise<Configuration | undefined> {
  const text = await readIfThere(file)
  return text === undefined ? undefined : ((JSON.parse(text) as Configuration | null) ?? undefined)
}
