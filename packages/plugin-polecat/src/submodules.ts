import {realpath} from 'node:fs/promises'
import {join} from 'node:path'
import {isGtError} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {entriesOf, linesOf} from '@gtown/workers'
import {gitOutput, LOCAL_MS, type LongWork, REMOTE_MS, type Repository, runGit} from './git.js'
import type {Change} from './own-commits.js'

/** Where a submodule's commit is that the worker's own commits name. */
export interface SubmoduleCommit {
  path: string
  commit: string
  /** `nowhere`: not at the submodule's remote, so nobody else can check it out. */
  is: 'at remote' | 'nowhere' | 'unknown'
  /** Why it is unknown. */
  reason?: string
}

/** Asks the remotes of the submodules whose commits the checked-out commit and the changes have in common. */
export async function findSubmoduleCommits(
  sandbox: Repository,
  changes: readonly Change[],
  work: LongWork,
): Promise<SubmoduleCommit[]> {
  const changed = changes.filter(({isSubmodule}) => isSubmodule)
  if (changed.length === 0) return []
  const tree = entriesOf(await gitOutput(sandbox, ['ls-tree', '-r', '-z', 'HEAD']))
  const current = new Set(tree.map((entry) => entry.replace(/^\d+ commit /, '')))
  const found: SubmoduleCommit[] = []
  for (const {path, object: commit} of changed) {
    if (!current.has(`${commit}\t${path}`)) continue
    found.push({path, commit, ...(await whereIs(sandbox, {path, commit}, work))})
  }
  return found
}

type Where = Pick<SubmoduleCommit, 'is' | 'reason'>

async function whereIs(
  {git, path: top}: Repository,
  {path, commit}: {path: string; commit: string},
  work: LongWork,
): Promise<Where> {
  const folder = join(top, path)
  // Through a link in its place, git would answer for another repository.
  const isFilled =
    (await isThere(join(folder, '.git'))) && (await realpath(folder)) === join(await realpath(top), path)
  if (!isFilled) return {is: 'unknown', reason: 'the submodule is not checked out'}
  try {
    return await askRemote({git, path: folder}, commit, work)
  } catch (error) {
    if (isGtError(error)) return {is: 'unknown', reason: error.message}
    throw error
  }
}

/** Tracking branches may be outdated or made up, so the remote's own branches and tags decide. */
async function askRemote(submodule: Repository, commit: string, work: LongWork): Promise<Where> {
  const ask = ['ls-remote', '--heads', '--tags', '--', 'origin']
  const lines = linesOf(await gitOutput(submodule, ask, {timeoutMs: REMOTE_MS}))
  const tips = lines.map((line) => line.split('\t')).filter(([, name]) => !name?.endsWith('^{}'))
  if (tips.some(([tip]) => tip === commit)) return {is: 'at remote'}
  const refs = tips.map(([, name]) => `${name}\n`).join('')
  const fetch = ['fetch', '--progress', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules']
  if (refs !== '') await gitOutput(submodule, [...fetch, '--stdin', '--', 'origin'], {...work, input: refs})
  if (
    await isReached(
      submodule,
      commit,
      tips.map(([tip = '']) => tip),
    )
  )
    return {is: 'at remote'}
  const isShallow = (await gitOutput(submodule, ['rev-parse', '--is-shallow-repository'])) === 'true'
  return isShallow ? {is: 'unknown', reason: 'its history is shallow'} : {is: 'nowhere'}
}

async function isReached(submodule: Repository, commit: string, tips: readonly string[]): Promise<boolean> {
  const {code} = await runGit(submodule, ['cat-file', '-e', `${commit}^{commit}`])
  if (code !== 0) return false
  const input = [commit, ...tips.map((tip) => `^${tip}`)].map((line) => `${line}\n`).join('')
  // A tip may be missing if its branch moved since the remote was asked.
  const missing = ['rev-list', '--ignore-missing', '--max-count=1', '--stdin']
  return (await gitOutput(submodule, missing, {timeoutMs: LOCAL_MS, input})) === ''
}
