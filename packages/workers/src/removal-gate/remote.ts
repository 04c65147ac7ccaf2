import {realpath} from 'node:fs/promises'
import {resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {GtError} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import {linesOf} from '../git-output.js'
import {isInside, type Worktree} from './identify.js'
import {type GateContext, runGit} from './repository.js'

/** Branches as the remote reports them now. Their commits were fetched. */
export interface RemoteBranches {
  defaultBranch: string
  /** Commit by branch name, for the default branch and each requested branch that exists. */
  tips: ReadonlyMap<string, string>
}

/**
 * Asks the remote for its default branch and the given branches, and fetches them. It does not use tracking refs, which
 * may be outdated. Rejects when the remote gives no answer or has no default branch.
 */
export async function fetchBranches(
  context: GateContext,
  worktree: Worktree,
  branches: readonly string[],
): Promise<RemoteBranches> {
  await refuseOwnRepository(context, worktree)
  const {remote} = context
  const refs = branches.map((branch) => `refs/heads/${branch}`)
  const head = linesOf(await runGit(context, 'ls-remote', '--symref', '--', remote, 'HEAD'))
  const defaultRef = head.map((line) => /^ref: (refs\/heads\/\S+)\tHEAD$/.exec(line)?.[1]).find(Boolean)
  if (!defaultRef) throw noDefault(remote)
  const answer = linesOf(await runGit(context, 'ls-remote', '--refs', '--', remote, defaultRef, ...refs))
  // The pattern also matches longer names with the same ending.
  const wanted = new Set([defaultRef, ...refs])
  const found = answer
    .map((line) => line.split('\t') as [string, string])
    .filter(([, ref]) => wanted.has(ref))
  if (!found.some(([, ref]) => ref === defaultRef)) throw noDefault(remote)
  await runGit(
    context,
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-prune',
    '--no-write-fetch-head',
    '--no-recurse-submodules',
    '--',
    remote,
    ...found.map(([, ref]) => ref),
  )
  const tips = new Map(found.map(([sha, ref]) => [ref.slice('refs/heads/'.length), sha]))
  return {defaultBranch: defaultRef.slice('refs/heads/'.length), tips}
}

/** Rejects a remote that is the sandbox's own repository: it would keep nothing after the removal. */
async function refuseOwnRepository(context: GateContext, {path, commonDir}: Worktree): Promise<void> {
  const url = (await runGit(context, 'ls-remote', '--get-url', '--', context.remote)).trim()
  const place = await localPlace(url, path)
  if (place === undefined || (place !== commonDir && !isInside(place, path) && !isInside(place, commonDir)))
    return
  throw new GtError(`the remote '${context.remote}' is the sandbox's own repository`, {code: 'REMOTE_IS_OWN'})
}

async function localPlace(url: string, base: string): Promise<string | undefined> {
  if (/^[\w+.-]+:/.test(url) && !url.startsWith('file://')) return undefined
  const path = url.startsWith('file://') ? fileURLToPath(url) : resolve(base, url)
  try {
    return await realpath(path)
  } catch (error) {
    // A missing path: git reports the error.
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

function noDefault(remote: string): GtError {
  return new GtError(`the remote '${remote}' does not say which branch is its default`, {
    code: 'NO_DEFAULT_BRANCH',
  })
}
