import type {HostEvent} from '@gtown/sdk'
import {some} from '../removal-gate/finding.js'
import type {RemovedSandbox} from './list.js'
import {lossesOf} from './losses.js'
import type {Verdict} from './manifest.js'

/** A sandbox that is put away, or was. */
interface Kept {
  id: string
  /** Name of its worker. */
  name: string
}

/** The command that brings a sandbox back. */
export const restoreCommand = (rig: string, {id, name}: Kept) =>
  `gt polecat restore ${rig}/${name} --id ${id}`

/** The events of what becomes of a sandbox. The line of each ends with the command that undoes it. */
export const removalEvents = {
  putAway(rig: string, sandbox: Kept & Pick<RemovedSandbox, 'path' | 'verdict'>): HostEvent {
    const {path, verdict} = sandbox
    const undo = restoreCommand(rig, sandbox)
    return {
      type: 'polecat_nuked',
      payload: {...named(sandbox), path, gate: verdict.is, reasons: verdict.reasons, undo},
      line: {kind: 'removed', text: `sandbox put away${onlyThere(verdict)}; undo: ${undo}`},
    }
  },

  restored(rig: string, sandbox: Kept & {path: string}): HostEvent {
    const undo = `gt polecat nuke ${rig}/${sandbox.name}`
    return {
      type: 'polecat_restored',
      payload: {...named(sandbox), path: sandbox.path, undo},
      line: {kind: 'restored', text: `sandbox brought back; undo: ${undo}`},
    }
  },

  /** @param undo the command that makes a branch of its commits; undefined if it had none */
  purged(sandbox: Kept, undo: string | undefined): HostEvent {
    return {
      type: 'polecat_purged',
      payload: {...named(sandbox), ...(undo !== undefined && {undo})},
      line: {
        kind: 'purged',
        text: undo === undefined ? 'sandbox deleted' : `sandbox deleted; get its commits back: ${undo}`,
      },
    }
  },

  /** @param left the paths that could not be deleted, each with its reason */
  purgeBlocked(rig: string, sandbox: Kept, left: readonly string[]): HostEvent {
    const next = `gt polecat purge ${rig}/${sandbox.name} --id ${sandbox.id}`
    return {
      type: 'polecat_purge_blocked',
      payload: {...named(sandbox), left, next},
      line: {kind: 'purge_blocked', text: `sandbox not deleted completely: ${left[0]}; try again: ${next}`},
    }
  },
}

const named = ({id, name}: Kept) => ({polecat: name, id})

function onlyThere(verdict: Verdict): string {
  const losses = lossesOf(verdict)
  return losses.length === 0 ? '' : ` with work that may be only there (${some(losses, 20)})`
}
