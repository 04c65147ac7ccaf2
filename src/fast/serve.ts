import {readFileSync} from 'node:fs'
import {findPackageJSON, registerHooks} from 'node:module'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {GtError} from '@gtown/sdk'
import {bunRuntime, type Runtime, serveToBun} from './serve-to-bun.js'
import type {Served} from './served.js'

let isServing = false

/**
 * Gives plugins on disk gt's own copies of oclif and the sdk. For oclif this applies even to a plugin that brings its
 * own copy of the same major version, because loading another one takes longer than the rest of a command. A plugin
 * made for another version loads its own copy, and is refused with `API_VERSION` if it has none.
 *
 * @param bundle absolute path of the folder with the bundle
 * @param plugin absolute path of the plugin about to be loaded
 */
export function serve(bundle: string, plugin: string, served: Served): void {
  const runtime = bunRuntime()
  // Bun does not say which file imports a module, so a plugin cannot get its own copy.
  if (runtime) refuseOther(plugin, served.versions, runtime)
  if (isServing) return
  isServing = true
  if (runtime) serveToBun(runtime, served)
  else serveToNode(bundle, served)
}

function refuseOther(plugin: string, versions: Served['versions'], {semver}: Runtime): void {
  for (const [name, version] of Object.entries(versions)) {
    const wanted = requirementIn(name, join(plugin, 'package.json'))
    const {range = '*'} = wanted
    if (!semver.satisfies(version, range)) throw madeForAnother(wanted, version)
  }
}

function serveToNode(bundle: string, {modules, versions}: Served): void {
  Object.assign(globalThis, {[Symbol.for('gt.served')]: modules})
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (!Object.hasOwn(modules, specifier)) return nextResolve(specifier, context)
      const wanted = requirementOf(packageOf(specifier), context.parentURL)
      const fits = isCompatible(versions[wanted.name] ?? '', wanted.range)
      const ours = {url: urlOf(bundle, specifier, context.conditions), shortCircuit: true}
      if (fits && wanted.name === '@oclif/core') return ours
      try {
        return nextResolve(specifier, context)
      } catch (error) {
        if (!isMissing(error)) throw error
        if (fits) return ours
        throw madeForAnother(wanted, versions[wanted.name])
      }
    },
  })
}

function urlOf(bundle: string, specifier: string, conditions: readonly string[]): string {
  const form = conditions.includes('import') ? 'mjs' : 'cjs'
  return pathToFileURL(join(bundle, 'served', `${specifier.replaceAll('/', '+')}.${form}`)).href
}

interface Requirement {
  /** The package, and the plugin that imports it. */
  name: string
  plugin: string
  /** The version range in the plugin's package.json; undefined if it has none. */
  range: string | undefined
}

function packageOf(specifier: string): string {
  return specifier.split('/', 2).join('/')
}

function requirementOf(name: string, importer: string | undefined): Requirement {
  const file = importer === undefined ? undefined : findPackageJSON(importer)
  return file === undefined
    ? {name, plugin: importer ?? 'a plugin', range: undefined}
    : requirementIn(name, file)
}

function requirementIn(name: string, file: string): Requirement {
  const asked = JSON.parse(readFileSync(file, 'utf8'))
  const range = asked.dependencies?.[name] ?? asked.peerDependencies?.[name]
  return {name, plugin: asked.name ?? file, range}
}

/** True if this version satisfies the range. Understands the forms that npm writes. */
function isCompatible(version: string, range: string | undefined): boolean {
  if (range === undefined || range === '*') return true
  const wanted = /^[~^]?(\d+)\.(\d+)\.(\d+)$/.exec(range)?.slice(1).map(Number)
  if (wanted === undefined) return false
  const here = version.split('.').map(Number)
  const fixed = wanted[0] === 0 ? 2 : 1
  if (wanted.slice(0, fixed).join() !== here.slice(0, fixed).join()) return false
  const different = wanted.findIndex((part, index) => part !== here[index])
  return different < 0 || (here[different] ?? 0) > (wanted[different] ?? 0)
}

function isMissing(error: unknown): boolean {
  const {code} = error as NodeJS.ErrnoException
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
}

function madeForAnother({name, plugin, range}: Requirement, version: string | undefined): GtError {
  return new GtError(`plugin ${plugin} is made for ${name} ${range}, and this gt has ${version}`, {
    code: 'API_VERSION',
    hint: 'Update the plugin or gt, so that both are of the same major version.',
  })
}
