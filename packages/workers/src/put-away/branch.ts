import {copyFile, mkdir, rename, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {isThere, unwritable} from '@gtown/sdk/files'
import {linesOf} from '../git-output.js'
import {askGit, readHead, tryGit} from './ask-git.js'
import {branchLog} from './commits-of.js'
import type {OfWorktree} from './manifest.js'
import type {OpenRig} from './open-rig.js'

const refOf = (branch: string) => `refs/heads/${branch}`

/** Reads the keys and values for a branch from the repository's configuration. */
export async function branchConfiguration(rig: OpenRig, branch: string | null): Promise<[string, string][]> {
  if (branch === null) return []
  const pattern = `^branch\\.${branch.replaceAll(/[^A-Za-z0-9]/g, '\\$&')}\\.`
  const {code, stdout} = await tryGit(rig, ['config', '--null', '--get-regexp', pattern])
  if (code !== 0) return []
  const entries = stdout.split('\0').filter((entry) => entry !== '')
  return entries.map((entry) => {
    const end = entry.indexOf('\n')
    return end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)]
  })
}

/**
 * Detaches a worktree that was put away from its branch, so that another worktree can use the branch. Deletes it
 * only if it still points at the pinned commit and no other worktree has it checked out. Keeps its log beside the
 * manifest. Idempotent.
 */
export async function giveUpBranch(
  rig: OpenRig,
  entry: string,
  {admin, head, branch}: OfWorktree,
): Promise<void> {
  if (branch === null || head === null) return
  const now = await readHead(rig, admin)
  if (now.branch === branch && now.head !== null) {
    await askGit(rig, ['update-ref', '--no-deref', 'HEAD', now.head], {admin})
  }
  if ((await readBranch(rig, branch))?.isCheckedOut !== false) return
  await keepLog(branchLog(rig, branch), logCopy(entry))
  // Git refuses if somebody has moved the branch since. The branch then stays.
  await tryGit(rig, ['update-ref', '-d', refOf(branch), head])
}

/**
 * Restores the branch of a worktree, with its log and its configuration, and checks it out again. Idempotent.
 *
 * @returns why HEAD stays detached; undefined if HEAD is as it was
 */
export async function takeBranchBack(
  rig: OpenRig,
  entry: string,
  manifest: OfWorktree,
): Promise<string | undefined> {
  const {admin, branch} = manifest
  const now = await readHead(rig, admin)
  if (branch === null || now.head === null || now.branch === branch) return undefined
  const there = await readBranch(rig, branch)
  if (there?.isCheckedOut) return `its branch ${branch} is checked out elsewhere`
  if (there && there.tip !== now.head) return `its branch ${branch} has moved to ${there.tip.slice(0, 12)}`
  if (!there) await makeBranch(rig, {manifest, branch, head: now.head})
  await keepLog(logCopy(entry), branchLog(rig, branch))
  await askGit(rig, ['symbolic-ref', 'HEAD', refOf(branch)], {admin})
  return undefined
}

async function makeBranch(
  rig: OpenRig,
  {manifest, branch, head}: {manifest: OfWorktree; branch: string; head: string},
): Promise<void> {
  const noLog = ['-c', 'core.logAllRefUpdates=false']
  await askGit(rig, [...noLog, 'update-ref', refOf(branch), head, '0'.repeat(head.length)])
  // The configuration may still be there: git update-ref deletes a branch without it, unlike git branch -d.
  const known = await branchConfiguration(rig, branch)
  if (known.length > 0) return
  for (const [key, value] of manifest.branch_configuration) await askGit(rig, ['config', '--add', key, value])
}

/** Returns undefined if the branch does not exist. */
async function readBranch(
  rig: OpenRig,
  branch: string,
): Promise<{tip: string; isCheckedOut: boolean} | undefined> {
  const format = '--format=%(refname) %(objectname) %(worktreepath)'
  const refs = linesOf(await askGit(rig, ['for-each-ref', format, refOf(branch)]))
  for (const line of refs) {
    const [name, tip = '', ...path] = line.split(' ')
    if (name === refOf(branch)) return {tip, isCheckedOut: path.join(' ') !== ''}
  }
  return undefined
}

const logCopy = (entry: string) => join(entry, 'branch.log')

/** Copies a log, unless the target exists or there is no log. */
async function keepLog(from: string, to: string): Promise<void> {
  if (!(await isThere(from)) || (await isThere(to))) return
  try {
    await mkdir(dirname(to), {recursive: true})
    await copyFile(from, `${to}.part`)
    await rename(`${to}.part`, to)
  } catch (error) {
    await rm(`${to}.part`, {force: true})
    throw unwritable(to, error)
  }
}

/** Removes the configuration of a branch that is gone. A failure is harmless and ignored. */
export async function forgetConfiguration(rig: OpenRig, branch: string | null): Promise<void> {
  if (branch === null || (await readBranch(rig, branch))) return
  await tryGit(rig, ['config', '--remove-section', `branch.${branch}`])
}
