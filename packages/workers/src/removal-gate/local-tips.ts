import {readdir, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {linesOf} from '../git-output.js'
import {isRealDirectory} from '../sandbox.js'
import {type GateContext, runGit, runGitWith} from './repository.js'

/** What was made in a repository, as object ids. Tracking refs are not in it: they come from the remote. */
export interface LocalTips {
  /** Commits of branches, notes and other refs, of HEAD and of their logs. */
  commits: readonly string[]
  /** Objects of annotated tags. */
  tags: readonly string[]
  /** Commits of stashes. */
  stashes: readonly string[]
  /** The commit with which the log of HEAD begins; undefined without a log. */
  first: string | undefined
}

/** Maximum size of a log that is read, in bytes. */
const LONGEST_LOG = 64 * 1024 * 1024

/**
 * Reads the refs and logs of a repository, and drops ids of which it has no object.
 *
 * @param context git of the repository as such, see `repositoryContext`
 */
export async function readLocalTips(context: GateContext, gitDir: string): Promise<LocalTips> {
  const refs = linesOf(
    await runGit(context, 'for-each-ref', '--format=%(objecttype) %(objectname) %(*objectname) %(refname)'),
  ).map((line) => line.split(' ') as [type: string, id: string, peeled: string, ref: string])
  const own = refs.filter(([, , , ref]) => !ref.startsWith('refs/remotes/') && ref !== 'refs/stash')
  const logs = await readLogs(context, gitDir)
  const logged = [...logs].filter(([ref]) => ref !== 'refs/stash').flatMap(([, ids]) => ids)
  const stashes = [
    ...refs.filter(([, , , ref]) => ref === 'refs/stash').map(([, id]) => id),
    ...(logs.get('refs/stash') ?? []),
  ]
  const pointed = own.flatMap(([, id, peeled]) => [id, peeled])
  const types = await typesOf(context, [...pointed, ...logged, ...stashes, ...(await pseudoRefs(gitDir))])
  const ofType = (type: string, ids: Iterable<string>) =>
    [...new Set(ids)].filter((id) => types.get(id) === type)
  return {
    commits: ofType(
      'commit',
      [...types.keys()].filter((id) => !stashes.includes(id)),
    ),
    tags: ofType('tag', pointed),
    stashes: ofType('commit', stashes),
    first: logs.get('HEAD')?.find((id) => types.has(id)),
  }
}

/** Object ids in the logs by ref, the oldest first, without those of tracking refs. */
async function readLogs(context: GateContext, gitDir: string): Promise<Map<string, string[]>> {
  if (await isThere(join(gitDir, 'reftable'))) return await askForLogs(context)
  const logs = new Map<string, string[]>()
  const folder = join(gitDir, 'logs')
  for (const ref of await filesBelow(folder)) {
    if (!ref.startsWith('refs/remotes/')) logs.set(ref, await idsIn(join(folder, ref)))
  }
  return logs
}

async function askForLogs(context: GateContext): Promise<Map<string, string[]>> {
  const refs = linesOf(await runGit(context, 'reflog', 'list')).filter(
    (ref) => !ref.startsWith('refs/remotes/'),
  )
  const logs = new Map<string, string[]>()
  for (const ref of refs) {
    const ids = linesOf(await runGit(context, 'log', '--walk-reflogs', '--format=%H', ref, '--'))
    logs.set(ref, ids.reverse())
  }
  return logs
}

async function filesBelow(folder: string, prefix = ''): Promise<string[]> {
  if (!(await isRealDirectory(folder))) return []
  const files: string[] = []
  for (const entry of await readdir(folder, {withFileTypes: true})) {
    const name = `${prefix}${entry.name}`
    if (entry.isFile()) files.push(name)
    if (entry.isDirectory()) files.push(...(await filesBelow(join(folder, entry.name), `${name}/`)))
  }
  return files
}

/** Both ids of each line: the old one of the first line may be named nowhere else. */
async function idsIn(file: string): Promise<string[]> {
  if ((await stat(file)).size > LONGEST_LOG)
    throw new GtError(`${file} is too large to be read`, {code: 'UNREADABLE'})
  const lines = linesOf(await readFile(file, 'latin1'))
  const ids = lines.flatMap((line) => /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) /.exec(line)?.slice(1) ?? [])
  return ids.filter((id) => !/^0+$/.test(id))
}

/** Ids in HEAD itself and in files such as ORIG_HEAD. FETCH_HEAD comes from the remote. */
async function pseudoRefs(gitDir: string): Promise<string[]> {
  const names = (await readdir(gitDir, {withFileTypes: true}))
    // A pipe of that name would never end.
    .filter((entry) => entry.isFile() && /^[A-Z_]*HEAD$/.test(entry.name) && entry.name !== 'FETCH_HEAD')
    .map(({name}) => name)
  const texts = await Promise.all(names.map((name) => readFile(join(gitDir, name), 'latin1')))
  return texts.flatMap((text) => text.match(/^[0-9a-f]{40,64}(?=\s|$)/gm) ?? [])
}

/** Types of the objects that exist. */
export async function typesOf(context: GateContext, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== '')
  if (wanted.length === 0) return new Map()
  const format = '--batch-check=%(objectname) %(objecttype)'
  const stdout = await runGitWith(context, `${wanted.join('\n')}\n`, 'cat-file', format)
  const found = linesOf(stdout).map((line) => line.split(' ') as [id: string, type: string])
  return new Map(found.filter(([, type]) => type !== 'missing'))
}
