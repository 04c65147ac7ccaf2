import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import {unwritable} from '@gtown/sdk/files'
import {adminNames, namedDotGit} from './admin-folders.js'
import {openRig, type RemovalContext} from './open-rig.js'

/**
 * Makes the rig's repository forget a worktree that was never finished, by deleting its admin folder. Git itself cannot:
 * a killed `git worktree add` may leave an admin folder without content, and then every `git worktree` fails. Idempotent.
 *
 * @param worktree absolute path without links, in a hidden folder of gt; no agent was ever started in it
 */
export async function dropDraft(context: RemovalContext, worktree: string): Promise<void> {
  const {common} = await openRig(context)
  for (const id of await adminNames(common)) {
    const admin = join(common, 'worktrees', id)
    if ((await namedDotGit(admin)) !== join(worktree, '.git')) continue
    try {
      await rm(admin, {recursive: true, force: true})
    } catch (error) {
      throw unwritable(admin, error)
    }
  }
}
