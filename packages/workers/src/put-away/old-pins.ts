import {isThere} from '@gtown/sdk/files'
import {linesOf} from '../git-output.js'
import {askGit} from './ask-git.js'
import {entryFolder} from './manifest.js'
import {openRig, type RemovalContext, whileNobodyMoves} from './open-rig.js'
import {PIN_PREFIX, unpin} from './pin.js'
import {purgingFolder} from './places.js'

/**
 * Removes the refs that keep the commits of sandboxes that were put away before a time (milliseconds since the epoch), and
 * are not kept any more: purged or restored. gc may then delete commits that nothing else names. Idempotent.
 *
 * @returns the ids of these sandboxes
 */
export async function dropOldPins(context: RemovalContext, before: number): Promise<string[]> {
  const rig = await openRig(context)
  const format = '--format=%(committerdate:unix) %(refname)'
  const lines = linesOf(await askGit(rig, ['for-each-ref', format, `${PIN_PREFIX}*/pin`]))
  const old = lines.flatMap((line) => {
    const [, seconds, id] = /^(\d+) .*\/([^/]+)\/pin$/.exec(line) ?? []
    return id !== undefined && Number(seconds) * 1000 < before ? [id] : []
  })
  if (old.length === 0) return []
  return await whileNobodyMoves(rig, async () => {
    const dropped: string[] = []
    for (const id of old) {
      if ((await isThere(entryFolder(rig, id))) || (await isThere(purgingFolder(rig, id)))) continue
      await unpin(rig, id)
      dropped.push(id)
    }
    return dropped
  })
}
