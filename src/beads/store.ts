import {readdir, realpath, stat} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import type {Rig} from '@gtown/sdk'
import {GtError} from '@gtown/sdk'
import {hasErrno, isThere, readForeignFile, readIfThere} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'

/** The store of a rig's beads. */
export interface BeadsStore {
  /** Absolute path of the folder, with redirects followed. */
  folder: string
  /** True when its files change whenever a bead does. A server keeps its data elsewhere. */
  isInFiles: boolean
}

const metadataFormat = v.nullable(v.objectOf({backend: v.ifValid(v.text)}))

/** The prefix of the ids of a rig's beads. */
const prefix = v.pipe(v.text, v.regex(/^[A-Za-z0-9_-]+$/))
const ofRig = v.objectOf({beads: v.ifValid(v.objectOf({prefix: v.ifValid(prefix)}))})
const rigFormat = v.nullable(ofRig)
const registryFormat = v.nullable(v.objectOf({rigs: v.fallback(v.recordOf(v.fallback(ofRig, {})), {})}))

/** Maximum number of redirects to follow. */
const REDIRECTS = 4

/**
 * Finds the beads that the original set up for a rig: in `<rig>/.beads`, or where its redirect leads. Undefined when the
 * rig uses none; beads in the project's own repository do not count. Rejects when the redirect leads out of the town,
 * or cannot be read.
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
    throw new GtError(`the beads of ${path} are outside the town: ${real}`, {code: 'BEADS_OUTSIDE'})
  }
  const metadata = readForeignFile(join(folder, 'metadata.json'), metadataFormat)
  return {folder, isInFiles: metadata?.backend !== 'dolt'}
}

/** A stamp that changes with the files that hold beads, but not with logs and locks beside them. */
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
    // The file was removed meanwhile.
    if (hasErrno(error, 'ENOENT')) return name
    throw error
  }
}

/**
 * The id of the rig's own bead; undefined when neither the rig's configuration nor the town's registry has the prefix
 * of its ids.
 */
export async function rigBeadId({name, path, town}: Rig): Promise<string | undefined> {
  const own = readForeignFile(join(path, 'config.json'), rigFormat)
  const registry = readForeignFile(join(town.root, 'mayor', 'rigs.json'), registryFormat)
  const prefix = own?.beads?.prefix ?? registry?.rigs[name]?.beads?.prefix
  return prefix === undefined ? undefined : `${prefix}-rig-${name}`
}
