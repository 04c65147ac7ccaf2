// What oclif would find out by walking through folders at every start: which plugins come with gt, what they offer,
// and in which file each of it is.
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'

/**
 * @param {string} top the root of gt
 * @param {readonly string[]} onDisk the plugins of which only what oclif has to know is baked
 * @returns gt itself first, then each plugin that its package.json names
 */
export function findPlugins(top, onDisk) {
  const root = readPlugin(top, {onDisk, isRoot: true})
  const require = createRequire(join(top, 'package.json'))
  const children = root.package.oclif.plugins.map((name) => readPlugin(rootOf(require, name), {onDisk}))
  return [root, ...children]
}

function rootOf(require, name) {
  for (const folder of require.resolve.paths(name)) {
    if (existsSync(join(folder, name, 'package.json'))) return join(folder, name)
  }
  throw new Error(`plugin ${name} is not installed`)
}

function readPlugin(root, {onDisk: namesOnDisk, isRoot = false}) {
  const {name, version, type, oclif, dependencies, description} = readJson(join(root, 'package.json'))
  const onDisk = namesOnDisk.includes(name)
  // gt's own hooks lie in the bundle's folder too, and oclif looks for them from gt's root.
  const prefix = isRoot ? join('dist-bundle', name) : ''
  const hooks = Object.entries(onDisk ? {} : (oclif.hooks ?? {})).map(([event, file]) => [
    event,
    file,
    join(prefix, file),
  ])
  const moved = Object.fromEntries(hooks.map(([event, , path]) => [event, `./${path}`]))
  return {
    root,
    package: {
      name,
      version,
      type,
      description,
      dependencies,
      oclif: onDisk ? oclif : {...oclif, hooks: moved},
    },
    manifest: sorted(readJson(join(root, 'oclif.manifest.json'))),
    onDisk,
    hookFiles: hooks.map(([, file, path]) => [path, file]),
  }
}

/** As oclif sorts them: at a start the first comparison of that kind would cost milliseconds. */
function sorted(manifest) {
  const commands = Object.entries(manifest.commands).sort(([a], [b]) => a.localeCompare(b))
  return {...manifest, commands: Object.fromEntries(commands)}
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** The source of a module that exports the plugins, as `BakedPlugin` describes them. */
export function pluginsModule(plugins) {
  const entries = plugins.map(({root, package: pjson, manifest, onDisk, hookFiles}) => {
    const commands = Object.values(manifest.commands).map(({relativePath}) => join(...relativePath))
    const files = onDisk ? [] : [...commands.map((file) => [file, file]), ...hookFiles]
    const modules = files.map(([path, file]) => `${quote(path)}: () => import(${quote(join(root, file))})`)
    return `{
      package: JSON.parse(${quote(JSON.stringify(pjson))}),
      manifest: JSON.parse(${quote(JSON.stringify(manifest))}),
      onDisk: ${onDisk},
      modules: {${[...new Set(modules)].join(', ')}},
    }`
  })
  return `export const plugins = [${entries.join(', ')}]`
}

const quote = (text) => JSON.stringify(text)

/**
 * A file for each hook, where oclif looks for it. Only another copy of oclif reads them, one that a plugin brought
 * along and that gt's own cannot stand in for: they lead back into the bundle.
 */
export function writeHooks(plugins, output) {
  for (const {
    package: {name},
    hookFiles,
  } of plugins) {
    for (const [, file] of hookFiles) {
      const path = join(output, name, file)
      mkdirSync(dirname(path), {recursive: true})
      writeFileSync(
        path,
        `exports.default = (options) => globalThis[Symbol.for('gt.hooks')](__filename, options)\n`,
      )
    }
  }
}
