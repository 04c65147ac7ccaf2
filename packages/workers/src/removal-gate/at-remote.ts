import {linesOf} from '../git-output.js'
import {type LocalTips, typesOf} from './local-tips.js'
import {fetchRefs} from './remote.js'
import {type GateContext, runGit, runGitWith} from './repository.js'

/** How much of what was made in a repository its remote does not have. */
export interface Missing {
  commits: number
  tags: number
  stashes: number
}

/**
 * Compares a repository with its remote as it is now: by the ids that the remote names, and by ancestry from its branches
 * and tags, which it fetches into the quarantine if the local objects do not already show that nothing is missing.
 */
export async function missingAtRemote(
  quarantine: GateContext,
  {commits, tags, stashes}: LocalTips,
): Promise<Missing> {
  const answer = await runGit(quarantine, 'ls-remote', '--', quarantine.remote)
  const live = new Set(linesOf(answer).map((line) => line.split('\t')[0] ?? ''))
  const notNamed = (ids: readonly string[]) => ids.filter((id) => !live.has(id))
  return {
    commits: await countMissing(quarantine, notNamed(commits), live),
    tags: notNamed(tags).length,
    stashes: notNamed(stashes).length,
  }
}

async function countMissing(
  quarantine: GateContext,
  commits: readonly string[],
  live: ReadonlySet<string>,
): Promise<number> {
  if (commits.length === 0) return 0
  const known = [...(await typesOf(quarantine, [...live]))]
    .filter(([, type]) => type === 'commit' || type === 'tag')
    .map(([id]) => `^${id}`)
  if ((await countBeyond(quarantine, commits, known)) === 0) return 0
  await fetchRefs(quarantine, ['+refs/heads/*:refs/live/heads/*', '+refs/tags/*:refs/live/tags/*'])
  return await countBeyond(quarantine, commits, known, '--glob=refs/live/*')
}

async function countBeyond(
  quarantine: GateContext,
  commits: readonly string[],
  known: readonly string[],
  ...others: string[]
): Promise<number> {
  const input = `${[...commits, ...known].join('\n')}\n`
  const refs = others.length > 0 ? ['--not', ...others] : []
  return Number(await runGitWith(quarantine, input, 'rev-list', '--count', '--stdin', ...refs))
}
