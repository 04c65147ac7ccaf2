import type {Style} from '@gtown/sdk'
import type {Rendered} from '@gtown/sdk/commands'
import {addressOfWorker, some, type WorkerRef} from '@gtown/workers'
import type {RemovedSandbox, Verdict} from '@gtown/workers/put-away'
import type {KeptUntil} from './keep.js'
import type {PurgeOutcome} from './purge.js'
import type {Restored} from './removed.js'

interface ListStyle {
  until: KeptUntil
  style: Style
}

/** The results of `list --removed`, `restore` and `purge` as text for people and as JSON for scripts. */
export const removedView = {
  list(rig: string, sandboxes: readonly RemovedSandbox[], style: ListStyle): Rendered {
    const json = {
      rig,
      removed: sandboxes.map((sandbox) => ({name: sandbox.name, ...keptJson(sandbox, style.until)})),
    }
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

/** Where a sandbox is kept and until when, what exists only there, and how to get it back. */
export function keptLines(rig: string, sandbox: RemovedSandbox, until: KeptUntil): string[] {
  const {id, name, path, verdict} = sandbox
  return [
    `  Sandbox kept: ${path}`,
    `  Kept until ${endOf(rig, sandbox, until)}`,
    ...lossLines(verdict),
    `  Bring it back with: gt polecat restore ${rig}/${name} --id ${id}`,
  ]
}

/** Maximum number of things to name in one line. */
const MOST_SHOWN = 20

function lossLines({is, reasons, only_here = []}: Verdict): string[] {
  const isListed = is === 'unsafe' && only_here.length > 0
  return [
    ...(only_here.length > 0 ? [`  Only there: ${some(only_here, MOST_SHOWN)}`] : []),
    ...(isListed
      ? []
      : reasons.map((reason) => `  ${is === 'unknown' ? 'Unknown' : 'Only there'}: ${reason}`)),
  ]
}

function endOf(rig: string, sandbox: RemovedSandbox, until: KeptUntil): string {
  const {id, name, verdict} = sandbox
  const end = until(sandbox)
  if (end) return `${day(end)}, or until the disk is nearly full`
  const unclean = verdict.is === 'safe' ? '' : ' --unclean'
  return `you delete it: gt polecat purge ${rig}/${name} --id ${id}${unclean}`
}

/** Such as `15 Dec 2026`. */
const day = (date: Date) =>
  date.toLocaleDateString('en-GB', {day: 'numeric', month: 'short', year: 'numeric'})

export function keptJson(sandbox: RemovedSandbox, until: KeptUntil): Record<string, unknown> {
  const {id, path, branch, head, removedAt, verdict} = sandbox
  const end = until(sandbox)
  return {
    id,
    path,
    branch,
    head,
    removed_at: removedAt,
    ...(end && {kept_until: end.toISOString()}),
    verdict: verdict.is,
    reasons: verdict.reasons,
    ...(verdict.only_here && {only_here: verdict.only_here}),
  }
}

/** Why a sandbox that should be deleted is still there. */
export function notPurgedLines({
  outcome,
  reasons,
  hint,
}: Exclude<PurgeOutcome, {outcome: 'purged'}>): string[] {
  const what = outcome === 'kept' ? 'Not deleted' : 'Not deleted completely'
  return [...reasons.map((reason) => `  ${what}: ${reason}`), ...(hint === undefined ? [] : [`  ${hint}`])]
}

function listLines(rig: string, sandbox: RemovedSandbox, {until, style}: ListStyle): string[] {
  const {name, branch, removedAt} = sandbox
  return [
    `${style.dim('○')} ${style.bold(name)}  removed ${removedAt.slice(0, 16).replace('T', ' ')}`,
    ...(branch === null ? [] : [`  ${style.dim(branch)}`]),
    ...keptLines(rig, sandbox, until),
  ]
}

function purgeLines(outcome: PurgeOutcome, {bold, dim}: Style): string[] {
  if (outcome.outcome === 'purged') return [`${bold('✓')} ${outcome.id} deleted`]
  return [`${dim('○')} ${outcome.id}`, ...notPurgedLines(outcome)]
}
