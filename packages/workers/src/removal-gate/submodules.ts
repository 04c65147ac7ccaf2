import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {countOf} from '../count-of.js'
import {entriesOf} from '../git-output.js'
import {isRealDirectory} from '../sandbox.js'
import {missingAtRemote} from './at-remote.js'
import {findOperations} from './at-rest.js'
import {attempt} from './attempt.js'
import {changedEntries, readStatus} from './files.js'
import {type Finding, nameFiles, onlyHere, reason, some} from './finding.js'
import {repositoryContext} from './guarded-git.js'
import {checkHidden} from './hidden.js'
import type {Worktree} from './identify.js'
import {checkLfs} from './lfs.js'
import {type LocalTips, readLocalTips, typesOf} from './local-tips.js'
import {type ModuleRepository, strayFiles} from './module-repositories.js'
import {moduleUrl} from './module-url.js'
import {inQuarantine} from './quarantine.js'
import {refuseOwnRepository} from './remote.js'
import {type GateContext, runGit} from './repository.js'

/** Files of a submodule that are changed, and operations under way in it. Asks no remote. */
export async function checkModuleFiles(context: GateContext, module: ModuleRepository): Promise<Finding[]> {
  const {shown, gitDir, files} = module
  const operations = await findOperations(repositoryContext(context, gitDir), gitDir)
  const findings = operations.map((text) =>
    reason(`in submodule ${shown} ${text}`, [onlyHere('operation', `${text} in ${shown}/`)]),
  )
  const worktrees = join(gitDir, 'worktrees')
  if ((await isRealDirectory(worktrees)) && (await readdir(worktrees)).length > 0)
    findings.push(reason(`submodule ${shown} has worktrees of its own`))
  if (files === undefined) return findings
  const inside = {...context, path: files}
  const changed = (await changedEntries(inside, await readStatus(inside))).map(
    (entry) => `${shown}/${entry.slice(3)}`,
  )
  const text = `submodule ${shown} has files that are not committed`
  if (changed.length > 0) findings.push(reason(text, nameFiles('files', changed)))
  return [...findings, ...(await checkStrayFiles(inside, `${shown}/`))]
}

/** Files where a submodule's would be. See `strayFiles`. */
export async function checkStrayFiles(context: GateContext, shown = ''): Promise<Finding[]> {
  const files = (await strayFiles(context)).map((path) => `${shown}${path}`)
  if (files.length === 0) return []
  const text = `in the folder of a submodule that is not initialised: ${some(files)}`
  return [reason(text, nameFiles('files', files))]
}

/** Changes that the status of a submodule's files does not show. */
export async function checkModuleHidden(context: GateContext, module: ModuleRepository): Promise<Finding[]> {
  if (module.files === undefined) return []
  const inside = {...context, path: module.files}
  return await checkHidden(inside, await readStatus(inside), `${module.shown}/`)
}

/** The repository that a submodule belongs to, as its remote has it. */
export interface ModuleParent {
  /** See `inQuarantine`. */
  quarantine: GateContext
  url: string
  /** Its commits at its remote whose `.gitmodules` counts, the most trusted first. */
  commits: readonly string[]
  /** What its commits name as the commits of its submodules. */
  links: readonly string[]
}

/**
 * Checks that the remote of a submodule has all that was made in it: branches, tags, notes, stashes, HEAD, and what only
 * their logs still name. Its own submodules are checked likewise.
 */
export async function checkModule(
  context: GateContext,
  worktree: Worktree,
  module: ModuleRepository,
  parent: ModuleParent,
): Promise<Finding[]> {
  const {shown, gitDir} = module
  const repository = repositoryContext(context, gitDir)
  const tips = await withLinks(repository, await readLocalTips(repository, gitDir), parent.links)
  const isEmpty = tips.commits.length + tips.tags.length + tips.stashes.length === 0
  if (isEmpty && module.inner.length === 0) return []
  const url = await moduleUrl(parent.quarantine, module, {commits: parent.commits, parentUrl: parent.url})
  if (url === undefined) throw withoutUrl(shown)
  return await inQuarantine({context, of: gitDir, url, isTrusted: false}, async (quarantine) => {
    await refuseOwnRepository(quarantine, worktree)
    const {commits, tags, stashes} = await missingAtRemote(quarantine, tips)
    const parts = [
      ...(commits > 0 ? [countOf(commits, 'commit')] : []),
      ...(tags > 0 ? [countOf(tags, 'tag')] : []),
      ...(stashes > 0 ? [countOf(stashes, 'stash', 'stashes')] : []),
    ]
    const findings = parts.map((what) =>
      reason(`submodule ${shown} has ${what} that its remote does not have`, [
        onlyHere('submodule', `${what} in ${shown}/`),
      ]),
    )
    findings.push(...(await checkLfs(context, {quarantine, gitDir, url, tips, shown: `${shown}/`})))
    if (module.inner.length === 0) return findings
    const links = await linksIn(quarantine, tips.commits)
    const own = {quarantine, url, commits: tips.commits, links}
    for (const inner of module.inner)
      findings.push(...(await attempt(() => checkModule(context, worktree, inner, own))))
    return findings
  })
}

/** Adds the commits that the parent names as those of a submodule: no ref needs to name them. */
async function withLinks(
  repository: GateContext,
  tips: LocalTips,
  links: readonly string[],
): Promise<LocalTips> {
  const types = await typesOf(repository, links)
  const named = [...types].filter(([, type]) => type === 'commit').map(([id]) => id)
  return {...tips, commits: [...new Set([...tips.commits, ...named])]}
}

/** Commits of submodules that the trees of commits name. */
export async function linksIn(quarantine: GateContext, commits: readonly string[]): Promise<string[]> {
  const links: string[] = []
  for (const commit of commits) {
    const entries = entriesOf(await runGit(quarantine, 'ls-tree', '-r', '-z', '--full-tree', commit))
    links.push(...entries.flatMap((entry) => /^160000 commit ([0-9a-f]+)\t/.exec(entry)?.[1] ?? []))
  }
  return [...new Set(links)]
}

function withoutUrl(shown: string): GtError {
  return new GtError(
    `cannot tell the remote of submodule ${shown}: no .gitmodules at the parent's remote names it`,
    {
      code: 'NO_SUBMODULE_URL',
    },
  )
}
