import {readdir} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {isRealDirectory} from '../sandbox.js'
import {readSmall} from './small-file.js'

/** Names of the admin folders that a repository has for its worktrees, sorted. */
export async function adminNames(repository: string): Promise<string[]> {
  const folder = join(repository, 'worktrees')
  return (await isRealDirectory(folder)) ? (await readdir(folder)).sort() : []
}

/** The path in an admin folder's `gitdir`, as written there; undefined if the file is missing, empty or no regular file. */
export async function readGitdir(admin: string): Promise<string | undefined> {
  return (await readSmall(join(admin, 'gitdir')))?.trim() || undefined
}

/** Absolute path of the `.git` that an admin folder names. */
export async function namedDotGit(admin: string): Promise<string | undefined> {
  const written = await readGitdir(admin)
  return written === undefined ? undefined : resolve(admin, written)
}
