import {join} from 'node:path'
import {readJsonFile} from './files/json-file.js'
import {type RigEntry, registryFormat} from './registry-format.js'
import {checkOwner} from './workspace/trust.js'
import type {Workspace} from './workspace/workspace.js'

/** The rigs that a town has registered. */
export interface Registry {
  file: string
  /** False when there is no file; then there are no rigs. */
  exists: boolean
  rigs: ReadonlyMap<string, RigEntry>
}

/** Reads the registry; empty when there is no file. Rejects for an invalid file, naming the place of the fault. */
export async function readRegistry(workspace: Workspace): Promise<Registry> {
  const file = registryFile(workspace)
  await checkOwner(workspace, file)
  const content = await readJsonFile(file, registryFormat)
  return {file, exists: content !== undefined, rigs: new Map(Object.entries(content?.rigs ?? {}))}
}

/** Path of a town's registry, whether it exists or not. */
export function registryFile({town}: Workspace): string {
  return join(town.root, 'mayor', 'rigs.json')
}
