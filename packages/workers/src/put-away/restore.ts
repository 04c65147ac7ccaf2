import {GtError} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {recordFile} from '../record.js'
import {namesIn} from '../sandbox.js'
import {type Finished, finishRestore, undoRestore} from './finish.js'
import {contentOf, entryFolder, hasArrived, type Manifest, writeManifest} from './manifest.js'
import {moveTree} from './move.js'
import {makeFolder, type OpenRig, openRig, type RemovalContext, whileNobodyMoves} from './open-rig.js'
import {homeOf, placeFor, placeOf} from './places.js'
import {recoverAll} from './recover.js'
import {type Caller, refuseMounts, refuseProcesses} from './refusals.js'
import {refuseStrangeAdmin, removedEntry} from './removed-entry.js'

export interface RestoreRequest extends RemovalContext, Pick<Caller, 'processesIn'> {
  id: string
  /** Name of the restored worker. Defaults to the old name. */
  as?: string
}

/**
 * Brings back a sandbox that was put away, with its branch and its record. Rejects with `NOT_REMOVED`,
 * `REMOVED_BROKEN`, `POLECAT_EXISTS`, `SANDBOX_IN_USE`, `SANDBOX_MOUNTED`, `CANNOT_MOVE` or
 * `LOCKED`, and then changes nothing. If the process is killed, the next put-away, restore, purge or recovery finishes
 * or undoes the restore.
 *
 * The caller must hold `withRecordLock` for the name that the worker gets.
 */
export async function restore(request: RestoreRequest): Promise<Finished> {
  const rig = await openRig(request)
  return await whileNobodyMoves(rig, async () => {
    await recoverAll(rig)
    const manifest = await removedEntry(rig, request.id)
    await refuseStrangeAdmin(rig, request.id, manifest)
    const name = request.as ?? manifest.name
    const target = {name, path: name === manifest.name ? manifest.path : placeFor(rig, name, manifest.path)}
    await refuseTaken(rig, target)
    const content = contentOf(entryFolder(rig, request.id), manifest)
    await refuseMounts(content)
    await refuseProcesses(content, request)
    return await moveBack(rig, request.id, {...manifest, state: 'restoring', target})
  })
}

type Target = NonNullable<Manifest['target']>

async function refuseTaken(rig: OpenRig, {name, path}: Target): Promise<void> {
  const [home, record] = [homeOf(rig, path), recordFile({rig: rig.rig, name})]
  const isTaken =
    (await isThere(placeOf(rig, path))) || (await namesIn(home)).length > 0 || (await isThere(record))
  if (!isTaken) return
  throw new GtError(`there is a polecat ${rig.rig.name}/${name} already`, {
    code: 'POLECAT_EXISTS',
    hint: 'Nothing was changed. Restore it under another name, with: --as NAME',
  })
}

async function moveBack(
  rig: OpenRig,
  id: string,
  manifest: Manifest & {state: 'restoring'},
): Promise<Finished> {
  const {target = manifest} = manifest
  const entry = entryFolder(rig, id)
  try {
    await writeManifest(entry, manifest)
    await rig.step('restoring')
    const place = placeOf(rig, target.path)
    if (place !== homeOf(rig, target.path)) await makeFolder(homeOf(rig, target.path))
    await moveTree(contentOf(entry, manifest), place)
  } catch (error) {
    if (await hasArrived(entry, manifest)) await undoRestore(rig, id, manifest)
    throw error
  }
  await rig.step('moved')
  return await finishRestore(rig, id, manifest)
}
