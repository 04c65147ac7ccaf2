import {join} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {countOf} from '../count-of.js'
import {entriesOf, linesOf} from '../git-output.js'
import {type Finding, nameFiles, onlyHere, reason} from './finding.js'
import {type GateContext, runGit} from './repository.js'

/**
 * A submodule's content is removed with the worktree. A submodule that was never initialised has none. In any other,
 * every branch, stash and HEAD must be at the submodule's own remote.
 *
 * @param submodules paths from `filledSubmodules`
 */
export async function checkSubmodules(
  context: GateContext,
  submodules: readonly string[],
  above = '',
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const path of submodules) {
    const inside = {...context, path: join(context.path, path)}
    const shown = `${above}${path}`
    const commits = [...(await checkCommits(inside, shown)), ...(await checkTip(inside, shown))]
    findings.push(...commits.slice(0, 1), ...(await checkChanges(inside, shown)))
    findings.push(...(await checkSubmodules(inside, await filledSubmodules(inside), `${shown}/`)))
  }
  return findings
}

async function checkCommits(inside: GateContext, path: string): Promise<Finding[]> {
  const commits = linesOf(await runGit(inside, 'rev-list', '--all', '--reflog', 'HEAD', '--not', '--remotes'))
  if (commits.length === 0) return []
  return [reason(`submodule ${path} has commits of its own`, [commitsIn(path, commits)])]
}

/** Tracking refs may be outdated, so the remote must confirm that it has HEAD. */
async function checkTip(inside: GateContext, path: string): Promise<Finding[]> {
  const tips = linesOf(await runGit(inside, 'ls-remote', '--heads', '--tags', '--', inside.remote))
  const commits = tips.map((line) => line.split('\t')[0] ?? '')
  const known = linesOf(await runGit(inside, 'rev-list', '--remotes', '--no-walk'))
  const there = known.filter((commit) => commits.includes(commit))
  const beyond = linesOf(await runGit(inside, 'rev-list', 'HEAD', '--not', ...there))
  if (beyond.length === 0) return []
  const text = `submodule ${path} is at a commit that its remote does not have`
  return [reason(text, [commitsIn(path, beyond)])]
}

const commitsIn = (path: string, commits: readonly string[]) =>
  onlyHere('submodule', `${countOf(commits.length, 'commit')} in ${path}/`)

async function checkChanges(inside: GateContext, path: string): Promise<Finding[]> {
  const status = await runGit(inside, 'status', '--porcelain', '-z', '--untracked-files=all')
  const files = entriesOf(status).map((entry) => `${path}/${entry.slice(3)}`)
  if (files.length === 0) return []
  return [reason(`submodule ${path} has files that are not committed`, nameFiles('files', files))]
}

/** Paths of the submodules that have files. */
export async function filledSubmodules(context: GateContext): Promise<string[]> {
  const entries = entriesOf(await runGit(context, 'ls-files', '--stage', '-z'))
  const links = entries
    .filter((entry) => entry.startsWith('160000 '))
    .map((entry) => entry.slice(entry.indexOf('\t') + 1))
  const filled: string[] = []
  for (const path of links) if (await isThere(join(context.path, path, '.git'))) filled.push(path)
  return filled
}
