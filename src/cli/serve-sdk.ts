import {readFileSync} from 'node:fs'
import {findPackageJSON, registerHooks} from 'node:module'
import {GtError} from '@gtown/sdk'

const SERVED = /^@(gtown\/sdk|oclif\/core)(\/|$)/

/**
 * Serves gt's own copy of the sdk and of oclif to plugins that bring none, wherever they are installed: so they need
 * nothing from a registry, and load nothing twice. A plugin that was made for another major version of the sdk is
 * refused when it asks for it, with `API_VERSION`.
 */
export function serveSdk(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (!SERVED.test(specifier)) return nextResolve(specifier, context)
      try {
        return nextResolve(specifier, context)
      } catch (error) {
        const {code} = error as NodeJS.ErrnoException
        if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error
        if (context.parentURL !== undefined) checkMadeFor(context.parentURL)
        return {url: import.meta.resolve(specifier), shortCircuit: true}
      }
    },
  })
}

interface PackageJson {
  name?: string
  version: string
  peerDependencies?: Record<string, string>
}

function checkMadeFor(importer: string): void {
  const {name, peerDependencies} = packageOf(importer)
  const wanted = peerDependencies?.['@gtown/sdk'] ?? ''
  const {version} = packageOf(import.meta.resolve('@gtown/sdk'))
  const major = majorOf(wanted)
  if (major === undefined || major === majorOf(version)) return
  throw new GtError(`plugin ${name} is made for @gtown/sdk ${wanted}, and this gt has ${version}`, {
    code: 'API_VERSION',
    hint: 'Update the plugin or gt, so that both are of the same major version.',
  })
}

function packageOf(url: string): PackageJson {
  const file = findPackageJSON(url)
  return file === undefined ? {version: ''} : JSON.parse(readFileSync(file, 'utf8'))
}

/** The part of a plain version, or of a `^` or `~` range, that changes when what was promised does; 0.1 before 1.0. */
function majorOf(range: string): string | undefined {
  const [, major, minor] = /^[~^]?(\d+)\.(\d+)\.\d+$/.exec(range) ?? []
  return major === '0' ? `0.${minor}` : major
}
