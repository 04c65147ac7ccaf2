import {amended, GtError, shorten} from '@gtown/sdk'
import type {GitResult} from '@gtown/sdk/git'
import {gitFailed, wordsOf} from '@gtown/workers'
import {type LongWork, type Repository, runGit} from './git.js'

/** Lines of a remote's message that are shown. */
const MAX_LINES = 10

/**
 * Pushes a branch's commit to the origin under the branch's name, never forced, so that commits at the origin stay. Rejects with
 * `PUSH_REFUSED` and the origin's own words if it refuses the branch, and with `GIT_FAILED` if the push fails otherwise.
 */
export async function pushBranch(
  sandbox: Repository,
  {branch, head}: {branch: string; head: string},
  work: LongWork,
): Promise<void> {
  const args = ['push', '--porcelain', '--progress', '--', 'origin', `${head}:refs/heads/${branch}`]
  const result = await runGit(sandbox, args, work)
  if (result.code !== 0) throw pushFailed(args, branch, result)
}

function pushFailed(args: readonly string[], branch: string, result: GitResult): GtError {
  const said = remoteWords(result.stderr)
  // A line such as: "!\tCOMMIT:refs/heads/x\t[rejected] (fetch first)".
  const [, kind, reason = ''] = /^!\t[^\t]*\t\[(.*?)\](?: \((.*)\))?$/m.exec(result.stdout) ?? []
  if (kind === undefined) return withHint(gitFailed(args, result), said)
  if (kind === 'rejected' && /fetch first|non-fast-forward/.test(reason)) return otherCommits(branch)
  const [why = 'without a reason'] = wordsOf(reason || kind)
  return withHint(refused(`the origin refused branch '${shorten(branch)}': ${why}`), said)
}

/** Lines that the remote sent, git marks them, as a hint; undefined if there are none. */
function remoteWords(stderr: string): string | undefined {
  const lines = wordsOf(stderr).filter((line) => /^remote: ./.test(line))
  if (lines.length === 0) return undefined
  const more = lines.length > MAX_LINES ? [`and ${lines.length - MAX_LINES} more lines`] : []
  return [...lines.slice(0, MAX_LINES), ...more].join('\n')
}

/** Commits there that the branch lacks: somebody else's, or the worker's own from before it rewrote them. */
function otherCommits(branch: string): GtError {
  return refused(
    `the origin has commits on branch '${shorten(branch)}' that are not in the sandbox, and gt done overwrites none`,
    `Take them in, then run gt done again: git pull --rebase origin ${quoted(branch)}
If they are earlier ones of your own that you have rewritten, use another branch: git switch -c ${quoted(`${branch}-2`)}`,
  )
}

const refused = (message: string, hint?: string) =>
  new GtError(message, {code: 'PUSH_REFUSED', ...(hint !== undefined && {hint})})

const withHint = (error: GtError, hint: string | undefined) =>
  hint === undefined ? error : amended(error, {hint})

/** A branch's name as a word of a shell command. Git allows `$` and quotes in it. */
const quoted = (name: string) =>
  /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`
