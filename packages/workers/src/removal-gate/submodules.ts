import {join} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {entriesOf, linesOf} from '../git-output.js'
import {type Finding, reason} from './finding.js'
import {type GateContext, runGit} from './repository.js'

/**
 * A submodule's content is removed with the worktree. A submodule that was never initialised has none. In any other,
 * every branch, stash and HEAD must be at the submodule's own remote. The sandbox's status shows its changed files.
 */
export async function checkSubmodules(context: GateContext): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const path of await filledSubmodules(context)) {
    const inside = {...context, path: join(context.path, path)}
    const commits = linesOf(
      await runGit(inside, 'rev-list', '--max-count=1', '--all', '--reflog', 'HEAD', '--not', '--remotes'),
    )
    const ignored = await runGit(inside, 'status', '--porcelain', '-z', '--untracked-files=all')
    if (commits.length > 0) findings.push(reason(`submodule ${path} has commits of its own`))
    if (ignored !== '') findings.push(reason(`submodule ${path} has files that are not committed`))
    findings.push(...(await checkSubmodules(inside)))
    findings.push(...(await checkTip(inside, path)))
  }
  return findings
}

/** Tracking refs may be outdated, so the remote must confirm that it has HEAD. */
async function checkTip(inside: GateContext, path: string): Promise<Finding[]> {
  const tips = linesOf(await runGit(inside, 'ls-remote', '--heads', '--tags', '--', inside.remote))
  const commits = tips.map((line) => line.split('\t')[0] ?? '')
  const known = linesOf(await runGit(inside, 'rev-list', '--remotes', '--no-walk'))
  const there = known.filter((commit) => commits.includes(commit))
  const beyond = linesOf(await runGit(inside, 'rev-list', '--max-count=1', 'HEAD', '--not', ...there))
  return beyond.length > 0 ? [reason(`submodule ${path} is at a commit that its remote does not have`)] : []
}

async function filledSubmodules(context: GateContext): Promise<string[]> {
  const entries = entriesOf(await runGit(context, 'ls-files', '--stage', '-z'))
  const links = entries
    .filter((entry) => entry.startsWith('160000 '))
    .map((entry) => entry.slice(entry.indexOf('\t') + 1))
  const filled: string[] = []
  for (const path of links) if (await isThere(join(context.path, path, '.git'))) filled.push(path)
  return filled
}
