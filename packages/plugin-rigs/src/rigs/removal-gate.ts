import type {Dirent} from 'node:fs'
import {readdir, realpath} from 'node:fs/promises'
import {join} from 'node:path'
import {isGtError, shorten} from '@gtown/sdk'
import {hasErrno, unreadable} from '@gtown/sdk/files'
import {isDirectory} from '../files/is-directory.js'
import {type GitOptions, git} from '../git/git.js'
import {withoutCredentials} from '../git/source.js'

/** Entries that do not prevent deletion of a rig's directory: those that gt creates, and those that sessions leave. */
const KNOWN = new Map([
  ['.repo.git', 'directory'],
  ['.runtime', 'directory'],
  ['config.json', 'file'],
  ['crew', 'directory'],
  ['polecats', 'directory'],
  ['witness', 'directory'],
])
const KNOWN_IN_WITNESS = ['.claude', '.runtime']

/**
 * Files that a deletion of the rig would lose, judged by its directories: one reason each, empty when there are none.
 * `findPolecats` looks into polecats/.
 */
export async function findUnknownFiles(rigPath: string): Promise<string[]> {
  const entries = await entriesOf(rigPath)
  const unknown = entries.filter((entry) => {
    const kind = KNOWN.get(entry.name)
    return kind === 'directory' ? !entry.isDirectory() : kind !== 'file' || !entry.isFile()
  })
  const reasons = unknown.map(({name}) => `${shorten(name)} was not made by gt`)
  const crew = await namesIn(join(rigPath, 'crew'))
  if (crew.length > 0) reasons.push(`crew/ contains ${crew.map((name) => shorten(name)).join(', ')}`)
  for (const name of await namesIn(join(rigPath, 'witness'))) {
    if (!KNOWN_IN_WITNESS.includes(name)) reasons.push(`witness/${shorten(name)} was not made by gt`)
  }
  return reasons
}

async function namesIn(directory: string): Promise<string[]> {
  return (await entriesOf(directory)).map(({name}) => name)
}

async function entriesOf(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, {withFileTypes: true})
  } catch (error) {
    // ENOTDIR: a file in the place of a directory. The check of the parent directory reports it.
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(directory, error)
  }
}

/**
 * Work in the rig's repository that its origin does not have: one reason each, empty when the origin has everything.
 * A failed check is a reason, too.
 *
 * @param gitUrl the registered source of the rig
 */
export async function findUnsavedWork(
  rigPath: string,
  gitUrl: string | null | undefined,
  options: Omit<GitOptions, 'cwd'>,
): Promise<string[]> {
  const repository = {...options, cwd: join(rigPath, '.repo.git')}
  try {
    if (!(await isDirectory(repository.cwd))) return ['it has no repository to compare with its origin']
    const worktrees = await strayWorktrees(rigPath, repository)
    if (worktrees.length > 0) return worktrees
    // A changed origin may be any repository, even the rig's own.
    const origin = await git(['config', '--default', '', '--get', 'remote.origin.url'], repository)
    if (!gitUrl || origin !== gitUrl) {
      return [
        `its origin is ${withoutCredentials(origin) || 'not set'}, but ${withoutCredentials(gitUrl ?? 'none')} is registered`,
      ]
    }
    return await findUnsavedRefs(repository)
  } catch (error) {
    options.signal?.throwIfAborted()
    if (!isGtError(error)) throw error
    return [`cannot tell whether its origin has all work: ${error.message}`]
  }
}

/** Worktrees of the repository that are no polecats, which `findPolecats` names: one reason each. */
async function strayWorktrees(rigPath: string, repository: GitOptions): Promise<string[]> {
  const polecats = join(await realpath(rigPath), 'polecats')
  const removed = join(polecats, '.removed')
  const isNamed = async (path: string) =>
    (path.startsWith(`${polecats}/`) && (await isDirectory(path))) ||
    (path.startsWith(`${removed}/`) && (await isDirectory(removed)))
  const reasons: string[] = []
  for (const path of await listWorktrees(repository)) {
    if (await isNamed(path)) continue
    const next = !(await isDirectory(path))
      ? `, but is gone: forget it with git -C ${repository.cwd} worktree prune`
      : ''
    reasons.push(`${path} is a worktree of its repository${next}`)
  }
  return reasons
}

async function listWorktrees(repository: GitOptions): Promise<string[]> {
  const blocks = (await git(['worktree', 'list', '--porcelain'], repository)).split('\n\n')
  const worktrees = blocks.filter((block) => block.trim() !== '' && !block.split('\n').includes('bare'))
  return worktrees.map((block) => block.split('\n', 1)[0]?.replace(/^worktree /, '') ?? '')
}

async function findUnsavedRefs(repository: GitOptions): Promise<string[]> {
  // The comparison needs the origin's commits. No auto gc: it would keep running in the background.
  await git(['fetch', '--quiet', '--no-tags', '--no-auto-gc', 'origin'], repository)
  const remote = lines(await git(['ls-remote', 'origin'], repository)).map(
    (line) => line.split('\t', 1)[0] ?? '',
  )
  const saved = new Set(remote)
  const format = '%(objectname) %(if)%(*objecttype)%(then)%(*objecttype)%(else)%(objecttype)%(end) %(refname)'
  const refs = lines(await git(['for-each-ref', `--format=${format}`], repository))
  const reasons: string[] = []
  const pins: string[] = []
  for (const line of refs) {
    const [id = '', type, name = ''] = line.split(' ')
    if (name.startsWith('refs/remotes/') || saved.has(id)) continue
    if (name.startsWith(PINS)) {
      if (!(await holdsNothing(id, remote, repository))) pins.push(name)
      continue
    }
    const isSaved = type === 'commit' && (await isContained(id, remote, repository))
    if (!isSaved)
      reasons.push(`${shorten(name.replace(/^refs\//, ''), 100)} has work that its origin does not have`)
  }
  if (pins.length > 0) reasons.push(pinsReason(pins, repository))
  return reasons
}

/** Refs that keep what purged polecats had. Each is a commit of gt's own, so that no origin has it. */
const PINS = 'refs/gt-archive/'

/**
 * True when the origin has every commit that such a commit keeps, and it keeps no file. A file may be at the origin, but
 * that takes too long to find out.
 */
async function holdsNothing(
  pin: string,
  others: readonly string[],
  repository: GitOptions,
): Promise<boolean> {
  const files = await git(['ls-tree', '-r', '--name-only', pin], repository)
  return files === '' && (await isContained(`${pin}^@`, others, repository))
}

function pinsReason(pins: readonly string[], {cwd}: GitOptions): string {
  const deletion = `git -C ${cwd} for-each-ref --format='delete %(refname)' ${PINS} | git -C ${cwd} update-ref --stdin`
  return `${PINS} keeps work of purged polecats that its origin does not have (${pins.length} refs): delete it with ${deletion}`
}

/** True when one of the other commits has this one in its history. Missing commits are ignored. */
async function isContained(
  commit: string,
  others: readonly string[],
  repository: GitOptions,
): Promise<boolean> {
  const input = [commit, ...others.map((other) => `^${other}`)].join('\n')
  const missing = await git(['rev-list', '--max-count=1', '--ignore-missing', '--stdin'], {
    ...repository,
    input: `${input}\n`,
  })
  return missing === ''
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
