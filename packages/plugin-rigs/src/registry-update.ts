import {replaceFile, withFileLock} from '@gtown/sdk/files'
import {readRawJsonFile} from './files/json-file.js'
import {type Registry, readRegistry, registryFile} from './registry.js'
import {type RigEntry, registryFormat} from './registry-format.js'
import type {Workspace} from './workspace/workspace.js'

/** The registry while this process holds its lock. */
export interface LockedRegistry extends Registry {
  /** Writes the rig's entry, or removes it when undefined. The rest of the file is unchanged. */
  write(name: string, entry: RigEntry | undefined): Promise<void>
}

/** Runs `work` while no other process can change the registry. See `withFileLock`. */
export function withRegistryLock<T>(
  workspace: Workspace,
  work: (registry: LockedRegistry) => Promise<T>,
): Promise<T> {
  const file = registryFile(workspace)
  return withFileLock(file, async () => {
    const registry = await readRegistry(workspace)
    return work({...registry, write: (name, entry) => writeEntry(file, name, entry)})
  })
}

/** Creates an empty registry if there is none; true when it did. */
export function createRegistry(workspace: Workspace): Promise<boolean> {
  return withRegistryLock(workspace, async ({file, exists}) => {
    if (!exists) await replaceFile(file, toText({version: 1, rigs: {}}))
    return !exists
  })
}

async function writeEntry(file: string, name: string, entry: RigEntry | undefined): Promise<void> {
  const content = (await readRawJsonFile(file, registryFormat)) ?? {version: 1}
  const rigs = Object.entries(content.rigs ?? {}).filter(([other]) => other !== name)
  if (entry) rigs.push([name, entry])
  await replaceFile(file, toText({...content, rigs: Object.fromEntries(rigs)}))
}

function toText(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`
}
