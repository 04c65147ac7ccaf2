import type {Style} from '@gtown/sdk'
import type {Rendered} from '@gtown/sdk/commands'
import {addressOfWorker, type WorkerRef} from '@gtown/workers'
import type {RemovedSandbox} from '@gtown/workers/put-away'
import type {PurgeOutcome, Restored} from './removed.js'

/** The results of `list --removed`, `restore` and `purge` as text for people and as JSON for scripts. */
export const removedView = {
  list(rig: string, sandboxes: readonly RemovedSandbox[], style: Style): Rendered {
    const json = {rig, removed: sandboxes.map((sandbox) => ({name: sandbox.name, ...keptJson(sandbox)}))}
    if (sandboxes.length === 0) return {text: `${rig} has no removed polecats`, json}
    return {text: sandboxes.flatMap((sandbox) => listLines(rig, sandbox, style)).join('\n'), json}
  },

  restored(ref: WorkerRef, {id, path, detached}: Restored, {bold, dim}: Style): Rendered {
    const address = addressOfWorker(ref)
    const lines = [
      `${bold('✓')} Polecat ${address} restored`,
      `  Sandbox: ${path}`,
      ...(detached === undefined ? [] : [`  HEAD is detached: ${detached}`]),
      `  ${dim(`Use 'gt polecat spawn ${ref.rig.name} ${ref.name}' to start its agent`)}`,
    ]
    const json = {
      outcome: 'restored',
      rig: ref.rig.name,
      name: ref.name,
      id,
      sandbox: path,
      ...(detached && {detached}),
    }
    return {text: lines.join('\n'), json}
  },

  purged(outcomes: readonly PurgeOutcome[], {bold, dim}: Style): Rendered {
    const json = {purged: outcomes}
    if (outcomes.length === 0) return {text: 'nothing to purge', json}
    return {text: outcomes.flatMap((outcome) => purgeLines(outcome, {bold, dim})).join('\n'), json}
  },
}

/** Where a sandbox is kept, and what exists only there. */
export function keptLines({path, verdict}: RemovedSandbox): string[] {
  return [`  Sandbox kept: ${path}`, ...verdict.reasons.map((reason) => `  Only there: ${reason}`)]
}

export function keptJson(sandbox: RemovedSandbox): Record<string, unknown> {
  const {id, path, branch, head, removedAt, verdict} = sandbox
  return {id, path, branch, head, removed_at: removedAt, verdict: verdict.is, reasons: verdict.reasons}
}

function listLines(rig: string, sandbox: RemovedSandbox, {bold, dim}: Style): string[] {
  const {id, name, branch, removedAt} = sandbox
  return [
    `${dim('○')} ${bold(name)}  removed ${removedAt.slice(0, 16).replace('T', ' ')}`,
    ...(branch === null ? [] : [`  ${dim(branch)}`]),
    ...keptLines(sandbox),
    `  ${dim(`gt polecat restore ${rig}/${name} --id ${id}`)}`,
  ]
}

function purgeLines(outcome: PurgeOutcome, {bold, dim}: Style): string[] {
  if (outcome.outcome === 'purged') return [`${bold('✓')} ${outcome.id} purged`]
  return [`${dim('○')} ${outcome.id} ${outcome.outcome}`, ...outcome.reasons.map((reason) => `  ${reason}`)]
}
