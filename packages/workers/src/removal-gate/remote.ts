import {realpath} from 'node:fs/promises'
import {resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {GtError} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import {isInside, type Worktree} from './identify.js'
import {ask, type GateContext, linesOf} from './repository.js'

/** What the remote has now, by its own word, and here, too. */
export interface RemoteLook {
  defaultBranch: string
  /** Commits by branch, of the default branch and of those that were asked for and are there. */
  tips: ReadonlyMap<string, string>
}

/**
 * Asks the remote for its branches, and fetches the default one and those that are named. Tracking refs are not looked
 * at: they say what was there once. Rejects when the remote gives no answer or no default branch.
 */
export async function lookAtRemote(
  context: GateContext,
  worktree: Worktree,
  branches: readonly string[],
): Promise<RemoteLook> {
  await refuseOwnRepository(context, worktree)
  const {remote} = context
  const refs = branches.map((branch) => `refs/heads/${branch}`)
  const head = linesOf(await ask(context, 'ls-remote', '--symref', '--', remote, 'HEAD'))
  const defaultRef = head.map((line) => /^ref: (refs\/heads\/\S+)\tHEAD$/.exec(line)?.[1]).find(Boolean)
  if (!defaultRef) throw noDefault(remote)
  const answer = linesOf(await ask(context, 'ls-remote', '--refs', '--', remote, defaultRef, ...refs))
  // The pattern of a branch also fits longer names that end in it.
  const wanted = new Set([defaultRef, ...refs])
  const found = answer
    .map((line) => line.split('\t') as [string, string])
    .filter(([, ref]) => wanted.has(ref))
  if (!found.some(([, ref]) => ref === defaultRef)) throw noDefault(remote)
  await ask(
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

/** A remote that is the sandbox's own repository keeps nothing that the sandbox does not keep. */
async function refuseOwnRepository(context: GateContext, {path, commonDir}: Worktree): Promise<void> {
  const url = (await ask(context, 'ls-remote', '--get-url', '--', context.remote)).trim()
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
    // Not a path, or none that is there: git will say so.
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

function noDefault(remote: string): GtError {
  return new GtError(`the remote '${remote}' does not say which branch is its default`, {
    code: 'NO_DEFAULT_BRANCH',
  })
}
