import {GtError, shorten} from '@gtown/sdk'
import {entriesOf, readLfsPointers, wordsOf} from '@gtown/workers'
import {gitOutput, LOCAL_MS, type LongWork, type Repository, runGit} from './git.js'
import type {Change} from './own-commits.js'

/** Names of contents in one command line. */
const CHUNK = 500

/**
 * The names of the contents of LFS files among the changes. Rejects with `LFS_MISSING` if there are any, and git-lfs is
 * not installed. Ask before git's status: without git-lfs, that may fail for a file that LFS filters.
 */
export async function findLfsContents(sandbox: Repository, changes: readonly Change[]): Promise<string[]> {
  const files = await markedForLfs(sandbox, changes)
  const context = {...sandbox, remote: 'origin', timeoutMs: LOCAL_MS}
  // A file that was committed as it is is no pointer.
  const pointers = await readLfsPointers(
    context,
    files.map(({object}) => object),
  )
  const contents = [...new Set([...pointers.values()].map(({oid}) => oid))]
  if (contents.length === 0) return []
  if ((await runGit(sandbox, ['lfs', 'version'])).code !== 0) throw lfsMissing(files)
  return contents
}

/**
 * Uploads contents to the origin. git-lfs would do that in a hook before a push, and gt runs no hooks. Rejects with
 * `LFS_FAILED` if a content cannot be uploaded and is not at the origin either.
 */
export async function pushLfs(
  sandbox: Repository,
  {branch, contents}: {branch: string; contents: readonly string[]},
  work: LongWork,
): Promise<void> {
  if (await uploadContents(sandbox, contents, work)) return
  // A content that is not in this repository may be at the origin. git-lfs asks for it only when it pushes a branch.
  const {code, stdout, stderr} = await pushWithLfs(sandbox, ['--all', 'origin', `refs/heads/${branch}`], work)
  if (code !== 0) throw lfsFailed(wordsOf(`${stderr}\n${stdout}`))
}

/** The files among the changes whose path has the attribute `filter=lfs`. */
async function markedForLfs(sandbox: Repository, changes: readonly Change[]): Promise<Change[]> {
  const files = changes.filter(({isSubmodule}) => !isSubmodule)
  if (files.length === 0) return []
  const input = files.map(({path}) => `${path}\0`).join('')
  const ask = ['check-attr', '-z', '--stdin', 'filter']
  const fields = entriesOf(await gitOutput(sandbox, ask, {timeoutMs: LOCAL_MS, input}))
  // Three fields for each path: path, "filter", value.
  return files.filter((_, index) => fields[index * 3 + 2] === 'lfs')
}

/**
 * Uploads contents by name: a push by branch would skip those of commits in a tracking branch, although only the
 * pointers may be at the origin.
 *
 * @returns false if one is not in this repository, or cannot be uploaded
 */
async function uploadContents(
  sandbox: Repository,
  contents: readonly string[],
  work: LongWork,
): Promise<boolean> {
  for (let start = 0; start < contents.length; start += CHUNK) {
    const args = ['--object-id', 'origin', ...contents.slice(start, start + CHUNK)]
    if ((await pushWithLfs(sandbox, args, work)).code !== 0) return false
  }
  return true
}

const pushWithLfs = (sandbox: Repository, args: readonly string[], work: LongWork) =>
  // Otherwise git-lfs reports progress only to a terminal.
  runGit(sandbox, ['-c', 'lfs.forceprogress=true', 'lfs', 'push', ...args], work)

function lfsMissing(files: readonly Change[]): GtError {
  const [first = ''] = files.map(({path}) => shorten(path))
  const more = files.length > 1 ? ` and ${files.length - 1} more` : ''
  return new GtError(
    `git-lfs is not installed, and without it the contents of ${first}${more} would not be pushed`,
    {
      code: 'LFS_MISSING',
      hint: 'Nothing was pushed. Install git-lfs, then run gt done again.',
    },
  )
}

function lfsFailed(words: readonly string[]): GtError {
  return new GtError(
    'git-lfs could not push the contents of LFS files, so the branch was not pushed either',
    {
      code: 'LFS_FAILED',
      hint: [...words.slice(-10), 'Correct that, then run gt done again.'].join('\n'),
    },
  )
}
