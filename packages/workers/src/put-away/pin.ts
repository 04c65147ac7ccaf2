import {join} from 'node:path'
import {statIfThere} from '@gtown/sdk/files'
import {linesOf} from '../git-output.js'
import {askGit, tryGit} from './ask-git.js'
import {readNamed} from './commits-of.js'
import type {Manifest, OfWorktree} from './manifest.js'
import type {OpenRig} from './open-rig.js'
import {youngObjects} from './young-objects.js'

/** Prefix of the refs that protect the objects of a put-away sandbox from gc. */
export const PIN_PREFIX = 'refs/gt-archive/removed/'
const pinPrefix = (id: string) => `${PIN_PREFIX}${id}`

/** Maximum number of parents of one commit. The list of arguments to git would get too long with many more. */
const MOST_PARENTS = 500

/** Allows for clocks of two filesystems that differ, and for an object that is slightly older than its worktree. */
const MARGIN_MS = 60_000

interface Objects {
  commits: string[]
  tags: string[]
  trees: string[]
  blobs: string[]
}

/**
 * Protects objects that gc could delete after the branch and the worktree are gone: every object that the worktree's
 * admin folder names, the blobs of every index there, and unreachable objects younger than the sandbox. Idempotent.
 */
export async function pin(rig: OpenRig, id: string, manifest: OfWorktree): Promise<void> {
  const {head} = manifest
  const named = await readNamed(rig, manifest)
  const indexed = (await Promise.all(named.indexes.map((file) => blobsOf(rig, manifest.admin, file)))).flat()
  const [listed, staged, young] = await Promise.all([
    sound(rig, named.objects),
    beyond(rig, await present(rig, indexed), head === null ? [] : [head]),
    unreachable(rig, manifest),
  ])
  const objects = byType(
    await typesOf(rig, [...new Set([...listed, ...staged, ...young, ...(head ? [head] : [])])]),
  )
  const commit = await commitOf(rig, objects, head)
  for (const tag of objects.tags) await askGit(rig, ['update-ref', `${pinPrefix(id)}/tag-${tag}`, tag])
  await askGit(rig, ['update-ref', `${pinPrefix(id)}/pin`, commit])
}

/** The command that makes a branch at the commit that a purged sandbox was at; undefined if it had no commit. */
export function branchCommand({common}: OpenRig, {name, head}: Manifest): string | undefined {
  if (head === null) return undefined
  const directory = /^[\w./-]+$/.test(common) ? common : `'${common.replaceAll("'", "'\\''")}'`
  return `git -C ${directory} branch ${name}-${head.slice(0, 7)} ${head}`
}

/** Removes the pins of an entry. Idempotent. */
export async function unpin(rig: OpenRig, id: string): Promise<void> {
  for (const ref of await pinsOf(rig, id)) await askGit(rig, ['update-ref', '-d', ref])
}

/** Lists the pins of an id. They may be older than its entry, since a purge keeps them. */
export async function pinsOf(rig: OpenRig, id: string): Promise<string[]> {
  return linesOf(await askGit(rig, ['for-each-ref', '--format=%(refname)', pinPrefix(id)]))
}

/** @returns names of the blobs in an index; empty if git cannot read the index */
async function blobsOf(rig: OpenRig, admin: string, file: string): Promise<string[]> {
  const options = {admin, env: {GIT_INDEX_FILE: file}}
  const {code, stdout} = await tryGit(rig, ['ls-files', '--stage', '-z'], options)
  if (code !== 0) return []
  const entries = stdout.split('\0').map((entry) => entry.split(/[ \t]/))
  return [...new Set(entries.filter(([mode]) => mode && mode !== '160000').map(([, name = '']) => name))]
}

async function unreachable(rig: OpenRig, {admin}: OfWorktree): Promise<string[]> {
  // Git writes this file once, when it makes the worktree.
  const born = await statIfThere(join(rig.common, 'worktrees', admin, 'commondir'))
  const young = await youngObjects(rig.common, (born?.mtimeMs ?? 0) - MARGIN_MS)
  const unseen = new Set(await beyond(rig, await sound(rig, young), ['--all']))
  return young.filter((name) => unseen.has(name))
}

/** Returns the objects that are complete. A ref to an incomplete one would make every later gc fail. */
async function sound(rig: OpenRig, names: readonly string[]): Promise<string[]> {
  return await connected(rig, await present(rig, names))
}

async function connected(rig: OpenRig, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const {code} = await revList(rig, names, ['--all'], ['--quiet'])
  if (code === 0) return [...names]
  if (names.length === 1) return []
  const middle = Math.ceil(names.length / 2)
  return [...(await connected(rig, names.slice(0, middle))), ...(await connected(rig, names.slice(middle)))]
}

/** Returns the objects, and all that they refer to, that the revisions do not reach. */
async function beyond(
  rig: OpenRig,
  names: readonly string[],
  revisions: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return []
  const {code, stdout} = await revList(rig, names, revisions, ['--no-object-names'])
  return code === 0 ? linesOf(stdout) : [...names]
}

async function revList(
  rig: OpenRig,
  names: readonly string[],
  revisions: readonly string[],
  options: readonly string[],
) {
  const args = [
    'rev-list',
    '--objects',
    '--missing=allow-promisor',
    ...options,
    '--stdin',
    '--not',
    ...revisions,
  ]
  return await tryGit(rig, args, {input: `${names.join('\n')}\n`})
}

/** Returns the full names of the objects that exist. */
async function present(rig: OpenRig, names: readonly string[]): Promise<string[]> {
  return [...(await typesOf(rig, names)).keys()]
}

async function typesOf(rig: OpenRig, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const format = '--batch-check=%(objectname) %(objecttype)'
  const answer = await askGit(rig, ['cat-file', format], {input: `${names.join('\n')}\n`})
  const lines = linesOf(answer).map((line) => line.split(' '))
  return new Map(lines.flatMap(([name = '', type = '']) => (type in KINDS ? [[name, type] as const] : [])))
}

const KINDS = {commit: 'commits', tag: 'tags', tree: 'trees', blob: 'blobs'} as const

function byType(types: ReadonlyMap<string, string>): Objects {
  const all = (type: keyof typeof KINDS) => [...types].filter(([, is]) => is === type).map(([name]) => name)
  return {commits: all('commit'), tags: all('tag'), trees: all('tree'), blobs: all('blob')}
}

async function commitOf(
  rig: OpenRig,
  {commits, trees, blobs}: Objects,
  head: string | null,
): Promise<string> {
  const tree = await makeTree(rig, [
    ...blobs.map((name) => `100644 blob ${name}\t${name}`),
    ...trees.map((name) => `040000 tree ${name}\t${name}`),
  ])
  let parents = [...new Set([...(head === null ? [] : [head]), ...commits])]
  const empty = await makeTree(rig, [])
  while (parents.length > MOST_PARENTS) {
    const chunk = parents.splice(-MOST_PARENTS)
    parents = [await commitTree(rig, empty, chunk), ...parents]
  }
  return await commitTree(rig, tree, parents)
}

async function makeTree(rig: OpenRig, lines: readonly string[]): Promise<string> {
  return (await askGit(rig, ['mktree'], {input: lines.map((line) => `${line}\n`).join('')})).trim()
}

async function commitTree(rig: OpenRig, tree: string, parents: readonly string[]): Promise<string> {
  const identity = ['-c', 'user.name=gt', '-c', 'user.email=gt@localhost', '-c', 'commit.gpgSign=false']
  const options = parents.flatMap((parent) => ['-p', parent])
  const message = 'gt: objects of a sandbox that was put away'
  return (await askGit(rig, [...identity, 'commit-tree', ...options, '-m', message, tree])).trim()
}
