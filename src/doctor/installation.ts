import {type Check, fail, ok} from './check.js'
import type {Diagnostics} from './diagnostics.js'

const OLDEST_NODE = [22, 15]

export async function checkVersions({versions}: Diagnostics): Promise<Check[]> {
  return [checkNode(versions), ok('gt', `gt ${versions.gt}`)]
}

function checkNode({node, bun}: Diagnostics['versions']): Check {
  if (bun !== undefined) return ok('node', `not needed: Bun ${bun} is in this executable`)
  if (isAtLeast(node, OLDEST_NODE)) return ok('node', `Node ${node}`)
  return fail('node', `Node ${node} is older than 22.15`, 'Update Node.')
}

export async function checkRoles({roles}: Diagnostics): Promise<Check[]> {
  const {names} = await roles()
  return [ok('roles', names.join(', ') || 'none')]
}

export async function checkPlugins(diagnostics: Diagnostics): Promise<Check[]> {
  const {working, broken} = await diagnostics.plugins()
  const offers = await Promise.all([diagnostics.backends(), diagnostics.roles()])
  const problems = [...offers.flatMap((offer) => offer.problems), ...(await diagnostics.otherProblems())]
  const core = working.filter(({type}) => type === 'core')
  const added = working.filter(({type}) => type !== 'core')
  return [
    ok('plugin', `${core.length} that come with gt`),
    ...added.map(({name, version, type}) =>
      ok('plugin', `${name} ${version} (${type === 'link' ? 'linked' : 'installed'})`),
    ),
    ...broken.map(({name, reason}) => fail('plugin', `plugin ${name} ${reason}`, cureOf(name))),
    ...[...new Set(problems)].map((problem) =>
      fail('plugin', problem, cureOf(/^plugin (\S+)/.exec(problem)?.[1] ?? '<plugin>')),
    ),
  ]
}

function cureOf(name: string): string {
  return `Update the plugin, or remove it with: gt plugins uninstall ${name}`
}

function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const found = version.split('.').map(Number)
  const [major = 0, minor = 0] = found
  const [oldMajor = 0, oldMinor = 0] = oldest
  return major > oldMajor || (major === oldMajor && minor >= oldMinor)
}
