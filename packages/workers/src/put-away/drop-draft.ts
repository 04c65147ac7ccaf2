import {readdir, rm} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {unwritable} from '@gtown/sdk/files'
import {isRealDirectory} from '../sandbox.js'
import {openRig, type RemovalContext} from './open-rig.js'
import {readSmall} from './small-file.js'

/**
 * Makes the rig's repository forget a worktree that was never finished, by deleting its admin folder. Git itself cannot:
 * a killed `git worktree add` may leave an admin folder without content, and then every `git worktree` fails. Idempotent.
 *
 * @param worktree absolute path without links, in a hidden folder of gt; no agent was ever started in it
 */
export async function dropDraft(context: RemovalContext, worktree: string): Promise<void> {
  const {common} = await openRig(context)
  const worktrees = join(common, 'worktrees')
  if (!(await isRealDirectory(worktrees))) return
  for (const id of await readdir(worktrees)) {
    const admin = join(worktrees, id)
    const link = (await readSmall(join(admin, 'gitdir')))?.trim()
    if (!link || resolve(admin, link) !== join(worktree, '.git')) continue
    try {
      await rm(admin, {recursive: true, force: true})
    } catch (error) {
      throw unwritable(admin, error)
    }
  }
}
