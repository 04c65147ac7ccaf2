import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno} from '@gtown/sdk/files'
import {type Config, type Interfaces, Plugin} from '@oclif/core'
import type {PluginFact} from '../doctor/diagnostics.js'
import {hookFailures} from './guard-plugins.js'

interface Broken {
  name: string
  /** What follows its name in a sentence. */
  reason: string
}

interface Installed {
  name: string
  type: 'user' | 'link'
  root?: string
}

/** The plugins that oclif has loaded, and those that it could not load whole: of them it warns in passing only. */
export async function pluginFacts(config: Config): Promise<{working: PluginFact[]; broken: Broken[]}> {
  const loaded = config.getPluginsList()
  const missing = (await installed(config)).filter(
    ({name}) => !loaded.some((plugin) => isCalled(plugin, name)),
  )
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

/** What oclif keeps of the plugins that the user has added. */
async function installed({dataDir}: Config): Promise<Installed[]> {
  try {
    const {oclif} = JSON.parse(await readFile(join(dataDir, 'package.json'), 'utf8'))
    return oclif?.plugins ?? []
  } catch (error) {
    if (hasErrno(error, 'ENOENT') || error instanceof SyntaxError) return []
    throw error
  }
}

async function reasonOf({dataDir}: Config, {name, type, root}: Installed): Promise<Broken> {
  try {
    await new Plugin({name, type, root: root ?? join(dataDir, 'package.json')}).load()
    return {name, reason: 'is a package of another name'}
  } catch (error) {
    return {name, reason: `cannot be loaded: ${firstLine(error)}`}
  }
}

/** Commands whose file threw when it was read, which a plugin without a manifest has to be. */
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
        : [{name, reason: `has the command '${id.replaceAll(':', ' ')}', and so has ${other}`}]
    }),
  )
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}
