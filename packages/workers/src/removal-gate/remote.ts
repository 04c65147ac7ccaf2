import {realpath} from 'node:fs/promises'
import {resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {GtError} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import {linesOf} from '../git-output.js'
import {isInside, type Worktree} from './identify.js'
import {registeredUrl} from './registered-url.js'
import {type GateContext, runGit} from './repository.js'

/** Branches as the remote reports them now. Their commits were fetched. */
export interface RemoteBranches {
  /** Undefined if the remote does not say which one it is. */
  defaultBranch: string | undefined
  /** Commit by branch name, for the default branch and each requested branch that exists. */
  tips: ReadonlyMap<string, string>
}

/**
 * The address at which work must have arrived: the one that the rig was registered with. Only for a rig that is not
 * registered, or another remote than `origin`, git's configuration says it.
 */
export async function originUrl(context: GateContext, {path, commonDir}: Worktree): Promise<string> {
  const registered = context.remote === 'origin' ? registeredUrl(commonDir) : undefined
  if (registered !== undefined) return registered
  const url = (await runGit(context, 'ls-remote', '--get-url', '--', context.remote)).trim()
  return isLocal(url) && url !== context.remote ? resolve(path, url) : url
}

/**
 * Asks the remote for its default branch and the given branches, and fetches them into the quarantine. Tracking refs,
 * which may be outdated, do not count. Rejects when the remote gives no answer, or has none of the branches.
 *
 * @param quarantine see `inQuarantine`
 */
export async function fetchBranches(
  quarantine: GateContext,
  worktree: Worktree,
  branches: readonly string[],
): Promise<RemoteBranches> {
  await refuseOwnRepository(quarantine, worktree)
  const {remote} = quarantine
  const head = linesOf(await runGit(quarantine, 'ls-remote', '--symref', '--', remote, 'HEAD'))
  const defaultRef = head.map((line) => /^ref: (refs\/heads\/\S+)\tHEAD$/.exec(line)?.[1]).find(Boolean)
  // The pattern also matches longer names with the same ending.
  const wanted = new Set(branches.map((branch) => `refs/heads/${branch}`))
  if (defaultRef) wanted.add(defaultRef)
  const answer = linesOf(await runGit(quarantine, 'ls-remote', '--refs', '--', remote, ...wanted))
  const found = answer
    .map((line) => line.split('\t') as [string, string])
    .filter(([, ref]) => wanted.has(ref))
  const hasDefault = found.some(([, ref]) => ref === defaultRef)
  if (found.length > 0)
    await fetchRefs(
      quarantine,
      found.map(([, ref]) => ref),
    )
  const tips = new Map(found.map(([sha, ref]) => [ref.slice('refs/heads/'.length), sha]))
  return {defaultBranch: hasDefault ? defaultRef?.slice('refs/heads/'.length) : undefined, tips}
}

/** Fetches refs of the remote into the quarantine. */
export async function fetchRefs(quarantine: GateContext, refspecs: readonly string[]): Promise<void> {
  const options = ['--no-tags', '--no-write-fetch-head', '--no-recurse-submodules']
  await runGit(quarantine, 'fetch', '--quiet', ...options, '--', quarantine.remote, ...refspecs)
}

/** Rejects a remote that is the sandbox's own repository: it would keep nothing after the removal. */
export async function refuseOwnRepository(
  quarantine: GateContext,
  {path, commonDir}: Pick<Worktree, 'path' | 'commonDir'>,
): Promise<void> {
  const url = (await runGit(quarantine, 'ls-remote', '--get-url', '--', quarantine.remote)).trim()
  const place = await localPlace(url, path)
  if (place === undefined || (!isInside(place, path) && !isInside(place, commonDir))) return
  throw new GtError(`the remote '${quarantine.remote}' is the sandbox's own repository`, {
    code: 'REMOTE_IS_OWN',
  })
}

/** Git takes a text with a colon before the first slash for a URL or `host:path`. */
const isLocal = (url: string) => !/^[^/]*:/.test(url)

async function localPlace(url: string, base: string): Promise<string | undefined> {
  if (!isLocal(url) && !url.startsWith('file://')) return undefined
  const path = url.startsWith('file://') ? fileURLToPath(url) : resolve(base, url)
  try {
    return await realpath(path)
  } catch (error) {
    // A missing path: git reports the error.
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}
