import {entriesOf, linesOf} from '../git-output.js'
import type {ModuleRepository} from './module-repositories.js'
import {type GateContext, runGit, runGitIfAny} from './repository.js'

/** Number of earlier commits whose `.gitmodules` is read, for submodules that were removed. */
const EARLIER = 50

/**
 * The address of a submodule's remote, by the `.gitmodules` of commits that its parent's remote has. The configuration in
 * a sandbox is no source: an agent can point it elsewhere.
 *
 * @param quarantine of the parent
 * @param commits the parent's commits at its remote, the most trusted first
 * @param parentUrl what a relative address is relative to
 */
export async function moduleUrl(
  quarantine: GateContext,
  module: Pick<ModuleRepository, 'name' | 'path'>,
  {commits, parentUrl}: {commits: readonly string[]; parentUrl: string},
): Promise<string | undefined> {
  for (const commit of [...commits, ...(await changesOf(quarantine, commits))]) {
    const url = urlIn(await readModules(quarantine, commit), module)
    if (url !== undefined) return resolveUrl(parentUrl, url)
  }
  return undefined
}

async function changesOf(quarantine: GateContext, commits: readonly string[]): Promise<string[]> {
  if (commits.length === 0) return []
  const log = ['rev-list', `--max-count=${EARLIER}`, ...commits, '--', '.gitmodules']
  const changed = linesOf(await runGit(quarantine, ...log))
  // A commit that removes a submodule no longer names it, but its parent does.
  const parents = await Promise.all(
    changed.map((commit) => runGit(quarantine, 'rev-list', '--parents', '--no-walk', commit)),
  )
  return parents.flatMap((line) => line.trim().split(' '))
}

type Settings = ReadonlyMap<string, string>

/** The settings in a commit's `.gitmodules`; empty without the file. */
async function readModules(quarantine: GateContext, commit: string): Promise<Settings> {
  const tree = await runGit(quarantine, 'ls-tree', '-z', commit, '--', '.gitmodules')
  const blob = /^100\d{3} blob ([0-9a-f]+)\t/.exec(tree)?.[1]
  if (blob === undefined) return new Map()
  const query = ['config', '--blob', blob, '-z', '--get-regexp', '^submodule\\..*\\.(path|url)$']
  const entries = entriesOf(await runGitIfAny(quarantine, ...query))
  return new Map(
    entries.map((entry) => {
      const end = entry.indexOf('\n')
      return [entry.slice(0, end), entry.slice(end + 1)]
    }),
  )
}

function urlIn(
  settings: Settings,
  {name, path}: Pick<ModuleRepository, 'name' | 'path'>,
): string | undefined {
  if (name !== undefined) return settings.get(`submodule.${name}.url`)
  const key = [...settings].find(([, value]) => value === path)?.[0]
  return key?.endsWith('.path') ? settings.get(key.replace(/path$/, 'url')) : undefined
}

/** Resolves an address that begins with `./` or `../` as git does, against that of the parent's remote. */
export function resolveUrl(parent: string, url: string): string {
  if (!/^\.\.?\//.test(url)) return url
  let base = parent.replace(/\/+$/, '')
  let rest = url
  while (/^\.\.?\//.test(rest)) {
    if (rest.startsWith('../')) base = base.replace(/(?:\/|(?<=:))[^/:]*$/, '')
    rest = rest.replace(/^\.\.?\//, '')
  }
  return base.endsWith(':') ? `${base}${rest}` : `${base}/${rest}`
}
