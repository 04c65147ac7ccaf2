import {readFileSync} from 'node:fs'
import {findPackageJSON, registerHooks} from 'node:module'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {GtError} from '@gtown/sdk'
import {bunRuntime, type Runtime, serveToBun} from './serve-to-bun.js'
import type {Served} from './served.js'

let isServing = false

/**
 * Gives plugins on disk the copies of oclif and of the sdk that gt itself runs with. Of oclif even to one that brings
 * its own of the same major version, for to load another takes longer than the rest of a command. A plugin that was
 * made for another version loads the copy that it brought, and is refused with `API_VERSION` where it brought none.
 *
 * @param bundle absolute path of the folder with the bundle
 * @param plugin absolute path of the plugin that is about to be loaded
 */
export function serve(bundle: string, plugin: string, served: Served): void {
  const runtime = bunRuntime()
  // Bun does not say who asks for a module, and so cannot lead a plugin to its own copy.
  if (runtime) refuseOther(plugin, served.versions, runtime)
  if (isServing) return
  isServing = true
  if (runtime) serveToBun(runtime, served)
  else serveToNode(bundle, served)
}

function refuseOther(plugin: string, versions: Served['versions'], {semver}: Runtime): void {
  for (const [name, version] of Object.entries(versions)) {
    const wanted = wishIn(name, join(plugin, 'package.json'))
    const {range = '*'} = wanted
    if (!semver.satisfies(version, range)) throw madeForAnother(wanted, version)
  }
}

function serveToNode(bundle: string, {modules, versions}: Served): void {
  Object.assign(globalThis, {[Symbol.for('gt.served')]: modules})
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (!Object.hasOwn(modules, specifier)) return nextResolve(specifier, context)
      const wanted = wish(packageOf(specifier), context.parentURL)
      const fits = stands(versions[wanted.name] ?? '', wanted.range)
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

interface Wish {
  /** The package that is asked for, and by which plugin. */
  name: string
  plugin: string
  /** As the plugin's package.json says it; undefined where it says nothing. */
  range: string | undefined
}

function packageOf(specifier: string): string {
  return specifier.split('/', 2).join('/')
}

function wish(name: string, importer: string | undefined): Wish {
  const file = importer === undefined ? undefined : findPackageJSON(importer)
  return file === undefined ? {name, plugin: importer ?? 'a plugin', range: undefined} : wishIn(name, file)
}

function wishIn(name: string, file: string): Wish {
  const asked = JSON.parse(readFileSync(file, 'utf8'))
  const range = asked.dependencies?.[name] ?? asked.peerDependencies?.[name]
  return {name, plugin: asked.name ?? file, range}
}

/** True where this version may stand in for the wanted one: a range is understood in the forms that npm writes. */
function stands(version: string, range: string | undefined): boolean {
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

function madeForAnother({name, plugin, range}: Wish, version: string | undefined): GtError {
  return new GtError(`plugin ${plugin} is made for ${name} ${range}, and this gt has ${version}`, {
    code: 'API_VERSION',
    hint: 'Update the plugin or gt, so that both are of the same major version.',
  })
}
