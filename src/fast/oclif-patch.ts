import {existsSync} from 'node:fs'
import {createRequire, enableCompileCache} from 'node:module'
import {dirname, join, sep} from 'node:path'
import {GtError} from '@gtown/sdk'
import {Config, type Interfaces, ModuleLoader, Plugin, settings} from '@oclif/core'
import {bunRuntime} from './serve-to-bun.js'
import type {Served} from './served.js'

const BUNDLE = 'dist-bundle'
const HOOKS = Symbol.for('gt.hooks')

/** A plugin that comes with gt, as recorded by the build. */
export interface BakedPlugin {
  /** The part of its package.json that oclif reads. */
  package: Interfaces.PJSON
  manifest: Interfaces.Manifest
  /** It is an installed package. The bundle holds only what oclif needs to know about it. */
  onDisk: boolean
  /** Its commands and hooks, by path within the plugin. */
  modules: Record<string, Load>
}

interface Options {
  /** Absolute path of `bin/run.js`, in the folder with gt's package.json. */
  launcher: string
  plugins: readonly BakedPlugin[]
  /** The modules that plugins on disk share with gt instead of loading their own. */
  served: () => Promise<Served>
  /** Folder for compiled code of plugins on disk. */
  compiled?: string | undefined
}

/**
 * Gives oclif what the build knows about the plugins that come with gt, so that it does not search for them. oclif
 * itself loads the user's plugins from disk. Changes oclif in this process; call it once.
 */
export function patchOclif({launcher, plugins, served, compiled}: Options): void {
  const root = dirname(dirname(launcher))
  const modules = new Map<string, Load>()
  for (const [index, plugin] of plugins.entries()) {
    const pluginRoot = index === 0 ? root : rootOf(plugin, root)
    for (const [file, load] of Object.entries(plugin.modules)) modules.set(join(pluginRoot, file), load)
  }
  loadFromBundle(modules, async (plugin) => {
    if (compiled !== undefined) enableCompileCache(compiled)
    const {serve} = await import('./serve.js')
    serve(join(root, BUNDLE), plugin, await served())
  })
  leadHooksBack(modules)
  knowPlugins([root, launcher], root, plugins)
  // Otherwise oclif warns that it finds no TypeScript for a linked plugin.
  if (bunRuntime()) settings.enableAutoTranspile = false
  loadConfigOnce()
}

function rootOf({package: {name}}: BakedPlugin, root: string): string {
  return join(root, BUNDLE, name)
}

type Loader = typeof ModuleLoader
type Load = () => Promise<never>

/** oclif loads every command and hook through these two functions. */
function loadFromBundle(modules: Map<string, Load>, prepareDisk: (plugin: string) => Promise<void>): void {
  const loader = ModuleLoader as {-readonly [Key in keyof Loader]: Loader[Key]}
  const {loadWithData, loadWithDataFromManifest} = loader
  loader.loadWithData = async (plugin, path) => {
    const load = modules.get(path)
    if (load) return {filePath: path, isESM: true, module: await load()}
    await prepareDisk(plugin.root)
    return loadWithData(plugin, path)
  }
  loader.loadWithDataFromManifest = async (command, root) => {
    const filePath = join(root, (command.relativePath ?? []).join(sep))
    const load = modules.get(filePath)
    if (load) return {filePath, isESM: true, module: await load()}
    await prepareDisk(root)
    return loadWithDataFromManifest(command, root)
  }
}

/** The hook files on disk call this. They are found by copies of oclif that plugins bring along. */
function leadHooksBack(modules: Map<string, Load>): void {
  const global = globalThis as {[HOOKS]?: (file: string, options: unknown) => Promise<unknown>}
  global[HOOKS] = async (file, options) => {
    const hook = (await modules.get(file)?.()) as {default(options: unknown): unknown} | undefined
    return hook?.default(options)
  }
}

function knowPlugins(starts: readonly string[], root: string, plugins: readonly BakedPlugin[]): void {
  const [self] = plugins
  const byName = new Map(plugins.map((plugin) => [plugin.package.name, plugin]))
  const {load} = Plugin.prototype
  Plugin.prototype.load = async function (this: Plugin) {
    const {isRoot, name = '', type} = this.options
    // Another root has plugins of its own, such as the plugin that `gt plugins link` inspects.
    const found = isRoot ? self : type === 'core' ? byName.get(name) : undefined
    const baked = starts.includes(this.options.root) ? found : undefined
    if (baked === undefined) return load.call(this)
    fill(this, baked, isRoot ? root : rootOf(baked, root))
    if (baked.onDisk) findRootLater(this, root)
  }
}

/** Sets what `Plugin.load` would set, without reading a file. */
function fill(plugin: Plugin, baked: BakedPlugin, root: string): void {
  const {package: pjson, manifest} = baked
  const {isRoot = false, type = 'core'} = plugin.options
  Object.assign(plugin, {
    type,
    isRoot,
    root,
    pjson,
    manifest,
    moduleType: pjson.type === 'module' ? 'module' : 'commonjs',
    name: pjson.name,
    alias: pjson.name,
    version: pjson.version,
    valid: true,
    flexibleTaxonomy: pjson.oclif.flexibleTaxonomy ?? false,
    hasManifest: true,
    commandIDs: Object.keys(manifest.commands),
    commandDiscoveryOpts: {strategy: 'pattern', target: pjson.oclif.commands},
    hooks: Object.fromEntries(
      Object.entries(pjson.oclif.hooks ?? {}).map(([event, hooks]) => [
        event,
        [hooks]
          .flat()
          .map((hook) => (typeof hook === 'string' ? {identifier: 'default', target: hook} : hook)),
      ]),
    ),
    commands: Object.entries(manifest.commands).map(([id, command]) => ({
      ...command,
      load: async () => plugin.findCommand(id, {must: true}),
      pluginAlias: pjson.name,
      pluginType: type,
    })),
  })
}

/** Finds the plugin's folder only when one of its commands needs it. */
function findRootLater(plugin: Plugin, root: string): void {
  const find = () => {
    const folders = createRequire(join(root, 'package.json')).resolve.paths(plugin.name) ?? []
    const found = folders.map((folder) => join(folder, plugin.name)).find((folder) => existsSync(folder))
    if (found === undefined) {
      throw new GtError(`plugin ${plugin.name} is not installed beside gt`, {
        code: 'NOT_INSTALLED',
        hint: 'Install gt again, with its dependencies.',
      })
    }
    return found
  }
  let found: string | undefined
  Object.defineProperty(plugin, 'root', {enumerable: true, configurable: true, get: () => (found ??= find())})
}

/** oclif creates a second, equal config for each command. Reuse the first. */
function loadConfigOnce(): void {
  const load = Config.load
  Config.load = async (options) => (options instanceof Config ? options : load.call(Config, options))
}
