import {join} from 'node:path'
import {parseStateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {type Config, type Interfaces, Plugin} from '@oclif/core'
import type {PluginFact} from '../doctor/diagnostics.js'
import {hookFailures} from './guard-plugins.js'

interface Broken {
  name: string
  /** The rest of a sentence that begins with its name. */
  reason: string
}

const installedPlugin = v.objectOf({
  name: v.text,
  type: v.picklist(['user', 'link']),
  root: v.exactOptional(v.text),
})
type Installed = v.InferOutput<typeof installedPlugin>

const dataPackage = v.objectOf({oclif: v.objectOf({plugins: v.listOf(installedPlugin)})})

/** The plugins that oclif has loaded, and those that it could not load completely; oclif itself only warns about these. */
export async function pluginFacts(config: Config): Promise<{working: PluginFact[]; broken: Broken[]}> {
  const loaded = config.getPluginsList()
  const missing = installed(config).filter(({name}) => !loaded.some((plugin) => isCalled(plugin, name)))
  const broken = [
    ...(await Promise.all(missing.map((entry) => reasonOf(config, entry)))),
    ...loaded.flatMap(brokenCommands),
    ...doubleCommands(config),
    ...hookFailures(),
  ]
  return {working: loaded.map(({name, version, type}) => ({name, version, type})), broken}
}

function isCalled(plugin: Interfaces.Plugin, name: string): boolean {
  return plugin.name === name || plugin.alias === name
}

/** The plugins that the user has added, from oclif's list of them. */
function installed({dataDir}: Config): readonly Installed[] {
  const content = parseStateFile(join(dataDir, 'package.json'), dataPackage, {followLinks: true})
  return content.is === 'usable' ? content.state.oclif.plugins : []
}

async function reasonOf({dataDir}: Config, {name, type, root}: Installed): Promise<Broken> {
  try {
    await new Plugin({name, type, root: root ?? join(dataDir, 'package.json')}).load()
    return {name, reason: 'is a package with another name'}
  } catch (error) {
    return {name, reason: `cannot be loaded: ${firstLine(error)}`}
  }
}

/** Commands whose file threw when oclif read it. oclif reads the files of a plugin without a manifest. */
function brokenCommands({name, commandIDs, commands}: Interfaces.Plugin): Broken[] {
  const missing = commandIDs.filter((id) => !commands.some((command) => command.id === id))
  return missing.map((id) => ({
    name,
    reason: `has a command '${id.replaceAll(':', ' ')}' that cannot be read`,
  }))
}

function doubleCommands(config: Config): Broken[] {
  const owners = new Map<string, string>()
  return config.getPluginsList().flatMap(({name, commandIDs}) =>
    commandIDs.flatMap((id) => {
      const other = owners.get(id)
      owners.set(id, other ?? name)
      return other === undefined
        ? []
        : [{name, reason: `has the command '${id.replaceAll(':', ' ')}', which ${other} has, too`}]
    }),
  )
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}
