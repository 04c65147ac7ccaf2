import {chown, lstat, open, realpath} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError, type Rig} from '@gtown/sdk'
import {isThere, makeOwnFolder, unreadable, unwritable, withLock} from '@gtown/sdk/files'
import type {Git} from '@gtown/sdk/git'
import {isRealDirectory, polecatsFolder} from '../sandbox.js'

/** The rig whose sandboxes are put away, and how git is asked about it. */
export interface RemovalContext {
  git: Git
  rig: Pick<Rig, 'name' | 'path'>
  /** Called after each step with its name: whoever is killed in it leaves what a kill after that step leaves. */
  step?: (name: string) => void | Promise<void>
}

/** The same with the folders that are worked on, as absolute paths without links. */
export interface OpenRig {
  git: Git
  rig: Pick<Rig, 'name' | 'path'>
  /** Where the sandboxes are. */
  polecats: string
  /** Where those are that were put away. */
  removed: string
  /** What all worktrees of the repository share. */
  common: string
  step: (name: string) => void | Promise<void>
}

/** Hidden: no listing of workers shows it. On the filesystem of the sandboxes, so that a rename brings one there. */
const REMOVED = '.removed'

/** Finds the folders of a rig. Rejects with `NO_REPOSITORY` where it has none whose worktrees its sandboxes could be. */
export async function openRig({git, rig, step = () => {}}: RemovalContext): Promise<OpenRig> {
  const [root, polecats] = await Promise.all([resolved(rig.path), resolved(polecatsFolder(rig))])
  for (const place of ['.repo.git', 'mayor/rig/.git']) {
    const common = join(root, place)
    if (await isRealDirectory(common))
      return {git, rig, polecats, removed: join(polecats, REMOVED), common, step}
  }
  throw new GtError(
    `rig '${rig.name}' has no repository: neither .repo.git nor mayor/rig is in ${rig.path}`,
    {
      code: 'NO_REPOSITORY',
      hint: 'A rig made by gt rig add has one.',
    },
  )
}

/** Whether anything of a rig was ever put away. Most rigs need no look at their repository for that. */
export async function hasRemoved(rig: Pick<Rig, 'path'>): Promise<boolean> {
  return await isRealDirectory(join(polecatsFolder(rig), REMOVED))
}

/** The path without links; as it is where nothing is there. */
async function resolved(path: string): Promise<string> {
  try {
    return (await isThere(path)) ? await realpath(path) : path
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** Runs work while nobody else puts away, restores or purges a sandbox of this rig. Rejects with `LOCKED` after 10 s. */
export async function whileNobodyMoves<T>(rig: OpenRig, work: () => Promise<T>): Promise<T> {
  await makeFolder(rig.polecats)
  const directory = `${rig.removed}.lock`
  const refuse = (holders: readonly number[]) =>
    new GtError(
      `another gt moves a sandbox of ${rig.rig.name}${holders.length > 0 ? ` (pid ${holders.join(', ')})` : ''}`,
      {
        code: 'LOCKED',
        hint: `Try again. If no other gt runs, remove ${directory}.`,
      },
    )
  return await withLock(directory, {waitMs: 10_000, refuse}, work)
}

/** Makes a folder in one that is there, owned as that one: root must not keep the user from what is the user's. */
export async function makeFolder(path: string): Promise<void> {
  try {
    const isNew = !(await isThere(path))
    await makeOwnFolder(path, 0o755)
    if (!isNew || process.getuid?.() !== 0) return
    const {uid, gid} = await lstat(join(path, '..'))
    await chown(path, uid, gid)
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** Waits until what was made, renamed or removed in a folder is on the disk. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
