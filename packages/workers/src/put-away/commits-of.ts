import {open, readdir, readFile} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {isThere, readIfThere} from '@gtown/sdk/files'
import {linesOf} from '../git-output.js'
import {tryGit} from './ask-git.js'
import type {OfWorktree} from './manifest.js'
import type {OpenRig} from './open-rig.js'

/** Objects, by name, and index files, by path, that git's admin folder of a worktree refers to or holds. */
export interface Named {
  objects: string[]
  indexes: string[]
}

/** Reads the whole admin folder of a worktree: logs, pseudo-refs, operations in progress, private refs and indexes. */
export async function readNamed(rig: OpenRig, {admin: id, branch}: OfWorktree): Promise<Named> {
  const admin = join(rig.common, 'worktrees', id)
  const objects = new Set<string>()
  const indexes: string[] = []
  for (const file of await filesOf(admin)) {
    if (await isIndex(file)) indexes.push(file)
    else for (const name of namesIn(await readFile(file, 'latin1'), relative(admin, file))) objects.add(name)
  }
  const log = branch === null ? undefined : await readIfThere(branchLog(rig, branch))
  for (const name of namesIn(log ?? '', 'logs')) objects.add(name)
  for (const name of await privateRefs(rig, id, await isThere(join(admin, 'reftable')))) objects.add(name)
  return {objects: [...objects], indexes}
}

/** Lists all regular files, except in `modules`: the repositories of submodules stay as they are. */
async function filesOf(folder: string, isTop = true): Promise<string[]> {
  const files: string[] = []
  for (const entry of await readdir(folder, {withFileTypes: true})) {
    const path = join(folder, entry.name)
    if (entry.isFile()) files.push(path)
    if (entry.isDirectory() && !(isTop && entry.name === 'modules'))
      files.push(...(await filesOf(path, false)))
  }
  return files
}

/** Tells an index by its content, since GIT_INDEX_FILE can give it any name. */
async function isIndex(file: string): Promise<boolean> {
  const handle = await open(file, 'r')
  try {
    const {buffer, bytesRead} = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.toString('latin1') === 'DIRC'
  } finally {
    await handle.close()
  }
}

/** Path of a branch's reflog, unless the repository uses a reftable. */
export const branchLog = ({common}: Pick<OpenRig, 'common'>, branch: string) =>
  join(common, 'logs', 'refs', 'heads', branch)

/** Finds object names in a file. The todo lists of a rebase or a sequencer may abbreviate them. */
function namesIn(text: string, path: string): string[] {
  const pattern = /^(rebase-|sequencer)/.test(path)
    ? /\b[0-9a-f]{7,64}\b/g
    : /\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b/g
  return (text.match(pattern) ?? []).filter((name) => !/^0+$/.test(name))
}

/** Asks git for the worktree's private refs, since packed refs and a reftable have no files of their own. */
async function privateRefs(rig: OpenRig, admin: string, isReftable: boolean): Promise<string[]> {
  const all = isReftable ? ['--include-root-refs'] : ['refs/worktree', 'refs/bisect', 'refs/rewritten']
  const refs = await tryGit(rig, ['for-each-ref', '--format=%(objectname)', ...all], {admin})
  if (!isReftable) return linesOf(refs.stdout)
  const log = await tryGit(rig, ['reflog', 'show', '--format=%H', 'HEAD', '--'], {admin})
  return [...linesOf(refs.stdout), ...linesOf(log.stdout)]
}
