import {join} from 'node:path'
import {defineRigResolver, GtError, isSafeName, type Rig} from '@gtown/sdk'
import {isDirectory} from './files/is-directory.js'
import {type Registry, readRegistry} from './registry.js'
import {rigOf} from './rig.js'
import {knownRigsHint, rigNotFound} from './rig-not-found.js'
import {findWorkspace, inferRigName} from './workspace/discover.js'
import {checkOwner} from './workspace/trust.js'

/**
 * Finds rigs in Gas Town workspaces. It reads only the workspace's registry. The names of workers and the settings are
 * read when they are requested.
 */
export const gasTownResolver = defineRigResolver({
  name: 'gas-town',
  priority: 100,
  async resolve({name: requested, place}): Promise<Rig> {
    const workspace = await findWorkspace(place)
    const name = requested ?? inferRigName(workspace.town.root, place)
    if (!isSafeName(name)) throw rigNotFound(name, 'Names have letters, digits, _ and -, at most 64 of them.')
    const registry = await readRegistry(workspace)
    if (!registry.exists) throw registryMissing(registry)
    const rig = rigOf(workspace, name)
    const isThere = await isDirectory(rig.path)
    if (!registry.rigs.has(name)) throw rigNotFound(name, unregisteredHint(rig, registry, isThere))
    if (!isThere)
      throw rigNotFound(name, `It is registered in ${registry.file}, but ${rig.path} is not a directory.`)
    await checkOwner(workspace, rig.path)
    await checkOwner(workspace, join(rig.path, 'witness'))
    return rig
  },
  async rigs(place) {
    const workspace = await findWorkspace(place)
    const registry = await readRegistry(workspace)
    if (!registry.exists) throw registryMissing(registry)
    // Safe names are ASCII, so JavaScript's order is byte order.
    const names = [...registry.rigs.keys()].filter((name) => isSafeName(name)).sort()
    const rigs = names.map((name) => rigOf(workspace, name))
    await checkOwner(workspace, ...rigs.map(({path}) => path))
    return rigs
  },
  town: async (place) => (await findWorkspace(place)).town,
})

/** Without the registry it is unknown whether a rig exists. */
function registryMissing({file}: Registry): GtError {
  return new GtError(`the registry of rigs is missing: ${file} does not exist`, {
    code: 'REGISTRY_MISSING',
    hint: 'Restore the file, or create an empty one: run `gt install` in the town.',
  })
}

function unregisteredHint(rig: Rig, registry: Registry, isThere: boolean): string {
  const known = knownRigsHint(registry)
  return isThere ? `${rig.path} exists, but is not registered in ${registry.file}.\n${known}` : known
}
