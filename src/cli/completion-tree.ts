import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {hasCode} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import type {Config, Interfaces} from '@oclif/core'
import {knownNames} from '../agents/known/index.js'
import {buildTree} from '../completion/build-tree.js'
import type {CompletionTree} from '../completion/tree.js'
import {collectBackends} from '../registry/backends.js'
import type {Collected} from '../registry/collect.js'
import {collectRoles} from '../registry/roles.js'
import {RIG_ROLES, TOWN_ROLES} from '../supervisor/address.js'

/** Everything that completion offers for gt and its plugins, including installed and linked ones. */
export async function completionTree(config: Config): Promise<CompletionTree> {
  const [backends, roles] = await Promise.all([orNone(collectBackends(config)), orNone(collectRoles(config))])
  const rolesOf = (scope: 'rig' | 'town') =>
    roles.entries.filter((role) => role.scope === scope).map(({name}) => name)
  return buildTree(config.commands, config.topics, {
    agents: [...knownNames, ...roles.entries.flatMap(({builtInAgent}) => builtInAgent?.name ?? [])],
    backends: backends.entries.map(({name}) => name),
    townRoles: [...new Set([...TOWN_ROLES, ...rolesOf('town')])],
    rigRoles: [...new Set([...RIG_ROLES, ...rolesOf('rig')])],
  })
}

/** A plugin that hangs must not delay every Tab: the tree is cached without its offers. */
async function orNone<T>(offers: Promise<Collected<T>>): Promise<Collected<T>> {
  try {
    return await offers
  } catch (error) {
    if (!hasCode(error, 'PLUGIN_HANGS')) throw error
    return {entries: [], problems: []}
  }
}

/** The files and folders that change when a command or a plugin appears, disappears or changes. */
export async function watchedPaths(config: Config): Promise<string[]> {
  const ofPlugins = await Promise.all(config.getPluginsList().map(pathsOf))
  return [join(config.dataDir, 'package.json'), ...ofPlugins.flat()]
}

async function pathsOf({root, hasManifest, pjson}: Interfaces.Plugin): Promise<string[]> {
  const paths = ['package.json', 'oclif.manifest.json', '.oclif.manifest.json'].map((name) =>
    join(root, name),
  )
  const {commands} = pjson.oclif
  const target = typeof commands === 'string' ? commands : commands?.target
  // Without a manifest oclif reads the commands themselves.
  return hasManifest || target === undefined ? paths : [...paths, ...(await treeOf(join(root, target)))]
}

async function treeOf(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, {recursive: true})
    return [directory, ...entries.map((entry) => join(directory, entry))]
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return [directory]
    throw error
  }
}
