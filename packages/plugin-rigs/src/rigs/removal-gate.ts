import type {Dirent} from 'node:fs'
import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {isGtError, shorten} from '@gtown/sdk'
import {hasErrno, unreadable} from '@gtown/sdk/files'
import {isDirectory} from '../files/is-directory.js'
import {type GitOptions, git} from '../git/git.js'
import {withoutCredentials} from '../git/source.js'

/** What a rig's directory may hold and still be deleted: what gt made, and what sessions leave behind. */
const KNOWN = new Map([
  ['.repo.git', 'directory'],
  ['.runtime', 'directory'],
  ['config.json', 'file'],
  ['crew', 'directory'],
  ['polecats', 'directory'],
  ['witness', 'directory'],
])
const KNOWN_IN_WITNESS = ['.claude', '.runtime']

/** What of the rig's files would be lost, as far as its directories tell; one reason each, empty when nothing. */
export async function findUnknownFiles(rigPath: string): Promise<string[]> {
  const entries = await entriesOf(rigPath)
  const unknown = entries.filter((entry) => {
    const kind = KNOWN.get(entry.name)
    return kind === 'directory' ? !entry.isDirectory() : kind !== 'file' || !entry.isFile()
  })
  const reasons = unknown.map(({name}) => `${shorten(name)} was not made by gt`)
  for (const name of ['crew', 'polecats']) {
    const held = await namesIn(join(rigPath, name))
    if (held.length > 0) reasons.push(`${name}/ holds ${held.map((held) => shorten(held)).join(', ')}`)
  }
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
    // What is there and no directory is named as unknown by whoever looked at the directory above.
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(directory, error)
  }
}

/**
 * What of the rig's repository is nowhere else; one reason each, empty when all of it is at the origin. Whatever
 * cannot be told is a reason.
 *
 * @param gitUrl where the rig was cloned from, as registered
 */
export async function findUnsavedWork(
  rigPath: string,
  gitUrl: string | null | undefined,
  options: Omit<GitOptions, 'cwd'>,
): Promise<string[]> {
  const repository = {...options, cwd: join(rigPath, '.repo.git')}
  try {
    if (!(await isDirectory(repository.cwd)))
      return ['it has no repository that could be compared with its origin']
    const worktrees = await listWorktrees(repository)
    if (worktrees.length > 0) return worktrees.map((path) => `${path} is a worktree of its repository`)
    // An origin that was changed may be any repository, the rig's own included.
    const origin = await git(['config', '--default', '', '--get', 'remote.origin.url'], repository)
    if (!gitUrl || origin !== gitUrl) {
      return [
        `its origin is ${withoutCredentials(origin) || 'not set'}, registered is ${withoutCredentials(gitUrl ?? 'none')}`,
      ]
    }
    return await findUnsavedRefs(repository)
  } catch (error) {
    options.signal?.throwIfAborted()
    if (!isGtError(error)) throw error
    return [`whether all work is at its origin cannot be told: ${error.message}`]
  }
}

async function listWorktrees(repository: GitOptions): Promise<string[]> {
  const blocks = (await git(['worktree', 'list', '--porcelain'], repository)).split('\n\n')
  const worktrees = blocks.filter((block) => block.trim() !== '' && !block.split('\n').includes('bare'))
  return worktrees.map((block) => block.split('\n', 1)[0]?.replace(/^worktree /, '') ?? '')
}

async function findUnsavedRefs(repository: GitOptions): Promise<string[]> {
  // The origin's commits have to be here to be compared with. `gc` would go on behind our back.
  await git(['fetch', '--quiet', '--no-tags', '--no-auto-gc', 'origin'], repository)
  const remote = lines(await git(['ls-remote', 'origin'], repository)).map(
    (line) => line.split('\t', 1)[0] ?? '',
  )
  const saved = new Set(remote)
  const format = '%(objectname) %(if)%(*objecttype)%(then)%(*objecttype)%(else)%(objecttype)%(end) %(refname)'
  const refs = lines(await git(['for-each-ref', `--format=${format}`], repository))
  const reasons: string[] = []
  for (const line of refs) {
    const [id = '', type, name = ''] = line.split(' ')
    if (name.startsWith('refs/remotes/') || saved.has(id)) continue
    const isSaved = type === 'commit' && (await isContained(id, remote, repository))
    if (!isSaved)
      reasons.push(`${shorten(name.replace(/^refs\//, ''), 100)} has work that its origin does not have`)
  }
  return reasons
}

/** True when one of the other commits has this one in its history. Others that are not here count for nothing. */
async function isContained(commit: string, others: string[], repository: GitOptions): Promise<boolean> {
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
