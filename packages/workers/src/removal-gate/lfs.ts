import {isAbsolute, join} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {countOf} from '../count-of.js'
import {linesOf} from '../git-output.js'
import {type Finding, onlyHere, reason, unknownFinding} from './finding.js'
import {guarded} from './guarded-git.js'
import {type LfsPointer, readLfsPointers} from './lfs-pointers.js'
import type {LocalTips} from './local-tips.js'
import {withScratch} from './quarantine.js'
import {type GateContext, runGit, runGitIfAny, runGitWith} from './repository.js'

/** The large files to look for, and where. */
export interface LfsQuestion {
  /** See `inQuarantine`. */
  quarantine: GateContext
  /** Git directory with the store of large files. */
  gitDir: string
  /** Address of the remote. */
  url: string
  tips: Pick<LocalTips, 'commits' | 'first'>
  /** What a message puts before a name: empty, or the path of a submodule. */
  shown: string
}

/** Maximum number of bytes that are fetched to prove that the remote has them. */
const MOST = 1024 ** 3

const TIMEOUT_MS = 120_000

/**
 * Checks that the remote has the content of the large files that were committed here: a push without it leaves only
 * pointers there. The proof is the content itself, which git-lfs fetches into an empty repository.
 *
 * @param context not guarded, so that git-lfs can ask the remote
 */
export async function checkLfs(context: GateContext, question: LfsQuestion): Promise<Finding[]> {
  const {gitDir, shown} = question
  if (!(await isThere(join(gitDir, 'lfs')))) return []
  const pointers = await ownPointers(question)
  if (pointers.length === 0) return []
  const files = countOf(pointers.length, 'large file')
  if (pointers.reduce((sum, {size}) => sum + size, 0) > MOST)
    return [unknownFinding(`cannot tell whether the remote has ${files}${inside(shown)}: too much to fetch`)]
  const {missing, said} = await fetchLarge(context, question, pointers)
  if (missing === 0) return []
  const isCertain = /missing object|does not exist|\b404\b|not found on the server/i.test(said)
  const what = `the content of ${countOf(missing, 'large file')}${inside(shown)}`
  if (isCertain) return [reason(`the remote does not have ${what}`, [onlyHere('lfs', what)])]
  const why = linesOf(said).at(-1) ?? 'git-lfs did not say why'
  return [unknownFinding(`cannot tell whether the remote has ${what}: ${why}`)]
}

const inside = (shown: string) => (shown === '' ? '' : ` in ${shown}`)

/** The pointers in commits that were made or checked out since the repository was created. */
async function ownPointers({quarantine, tips}: LfsQuestion): Promise<LfsPointer[]> {
  const {commits, first} = tips
  if (commits.length === 0) return []
  const range = [...commits, ...(first === undefined ? [] : [`^${first}`])]
  const list = await runGitWith(
    quarantine,
    `${range.join('\n')}\n`,
    'rev-list',
    '--objects',
    '--no-object-names',
    '--stdin',
  )
  const pointers = await readLfsPointers(quarantine, linesOf(list))
  return [...new Map([...pointers.values()].map((pointer) => [pointer.oid, pointer])).values()]
}

/** @returns how many files did not come, and what git-lfs said of them */
async function fetchLarge(
  context: GateContext,
  question: LfsQuestion,
  pointers: readonly LfsPointer[],
): Promise<{missing: number; said: string}> {
  const endpoint = await configuredEndpoint(question)
  return await withScratch(async (path) => {
    const settings = [
      [`remote.${context.remote}.url`, question.url],
      ['protocol.ext.allow', 'never'],
      ...(endpoint === undefined ? [] : [['lfs.url', endpoint] as const]),
    ] as const
    const empty = {...context, path, git: guarded(context.git, settings, {GIT_DIR: path})}
    await runGit(empty, 'init', '--quiet', '--bare', '--template=')
    const storage = (await runGitIfAny(empty, 'config', '--get', 'lfs.storage')).trim() || 'lfs'
    // A store that the user shares between repositories may have the content already, which proves nothing.
    if (isAbsolute(storage))
      return {missing: pointers.length, said: 'lfs.storage is one for all repositories'}
    const store = join(path, storage)
    await runGitWith(empty, commitOf(pointers), 'fast-import', '--quiet')
    const timeoutMs = Math.max(context.timeoutMs, TIMEOUT_MS)
    const fetch = ['lfs', 'fetch', '--include=', '--exclude=', context.remote, 'refs/heads/pointers']
    const {stdout, stderr} = await empty.git(fetch, {cwd: path, timeoutMs})
    let missing = 0
    for (const {oid} of pointers) {
      const file = join(store, 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
      if (!(await isThere(file))) missing++
    }
    return {missing, said: `${stdout}\n${stderr}`}
  })
}

/** A commit with the pointers as its files, for `git fast-import`. */
function commitOf(pointers: readonly LfsPointer[]): string {
  const files = pointers.map(
    ({text}, at) => `M 100644 inline ${at}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  )
  return `commit refs/heads/pointers\ncommitter gt <gt@localhost> 0 +0000\ndata 0\n${files.join('')}`
}

/** The store that the project's `.lfsconfig` names, if it is at a server. */
async function configuredEndpoint({quarantine, tips}: LfsQuestion): Promise<string | undefined> {
  const [commit] = tips.commits
  if (commit === undefined) return undefined
  const tree = await runGit(quarantine, 'ls-tree', '-z', commit, '--', '.lfsconfig')
  const blob = /^100\d{3} blob ([0-9a-f]+)\t/.exec(tree)?.[1]
  if (blob === undefined) return undefined
  const url = (await runGitIfAny(quarantine, 'config', '--blob', blob, '--get', 'lfs.url')).trim()
  return /^(?:https?|ssh):\/\//.test(url) ? url : undefined
}
