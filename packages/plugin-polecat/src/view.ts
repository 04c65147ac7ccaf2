import type {Style} from '@gtown/sdk'
import type {Rendered} from '@gtown/sdk/commands'
import {addressOfWorker, type WorkerRecord, type WorkerRef} from '@gtown/workers'
import type {Finished} from './done.js'
import type {PolecatFacts, PolecatStatus} from './inspect.js'
import type {KeptUntil} from './keep.js'
import type {Removed} from './remove.js'
import {keptJson, keptLines, notPurgedLines} from './removed-view.js'
import type {Spawned} from './spawn.js'

/** The results of the polecat commands as text for people and as JSON for scripts. */
export const polecatView = {
  spawned({outcome, ref, record, sandbox, session}: Spawned, {bold, dim}: Style): Rendered {
    const address = addressOfWorker(ref)
    const what = {spawned: 'spawned', resumed: 'started again', already_running: 'runs already'}[outcome]
    const lines = [
      `${bold('✓')} Polecat ${address} ${what}`,
      `  Branch: ${record.branch}`,
      `  Sandbox: ${sandbox}`,
      `  ${dim(`Use 'gt polecat attach ${address}' to connect`)}`,
    ]
    const json = {outcome, ...identity(ref), session: session.name, sandbox, ...recordJson(record)}
    return {text: lines.join('\n'), json}
  },

  list(rig: string, workers: readonly PolecatFacts[], style: Style): Rendered {
    const json = {
      rig,
      polecats: workers.map(({ref, record, sandbox, liveness}) => ({
        ...identity(ref),
        liveness,
        ...(sandbox !== undefined && {sandbox}),
        ...(record && recordJson(record)),
      })),
    }
    if (workers.length === 0) return {text: `${rig} has no polecats`, json}
    return {text: workers.flatMap((worker) => listLines(worker, style)).join('\n'), json}
  },

  status({ref, record, sandbox, liveness, status}: PolecatStatus, style: Style): Rendered {
    const {session, reading, reason, sessionName, backend} = status
    const lines = [
      `${mark(liveness, style)} Polecat ${style.bold(addressOfWorker(ref))}: ${stateWord(liveness, record)}`,
      ...(reading ? [`  Agent: ${session?.labels.agent ?? 'unknown'}, ${reading.state}`] : []),
      ...(reason === undefined ? [] : [`  Reason: ${reason}`]),
      `  Sandbox: ${sandbox ?? 'none'}`,
      ...(record ? recordLines(record) : []),
    ]
    const json = {
      ...identity(ref),
      session: sessionName,
      backend,
      running: liveness === 'alive',
      liveness,
      ...(session && {agent: session.labels.agent, pid: session.pid, attached: session.attached > 0}),
      ...(reading && {state: reading.state}),
      ...(reason !== undefined && {reason}),
      ...(sandbox !== undefined && {sandbox}),
      ...(record && recordJson(record)),
    }
    return {text: lines.join('\n'), json}
  },

  removed(ref: WorkerRef, removed: Removed & {until: KeptUntil}, {bold}: Style): Rendered {
    const {session, kept, purge, evidence, until} = removed
    const isGone = purge?.outcome === 'purged'
    const lines = [
      `${bold('✓')} Polecat ${addressOfWorker(ref)} removed`,
      ...(session.outcome === 'stopped' ? [`  Session ended: ${session.name}`] : []),
      ...(purge && purge.outcome !== 'purged' ? notPurgedLines(purge) : []),
      ...(isGone ? ['  Sandbox deleted'] : []),
      ...(kept && !isGone ? keptLines(ref.rig.name, kept, until) : []),
      ...evidence.map((line) => `  Safe: ${line}`),
    ]
    const json = {
      outcome: 'removed',
      ...identity(ref),
      session: session.name,
      session_outcome: session.outcome,
      ...(kept && {sandbox: kept.from}),
      ...(kept && !isGone && {kept: keptJson(kept, until)}),
      ...(purge && {purge}),
      evidence,
    }
    return {text: lines.join('\n'), json}
  },

  done(ref: WorkerRef, {record, commits, notTaken}: Finished, {bold}: Style): Rendered {
    const head = record.head?.slice(0, 12)
    const lines = [
      `${bold('✓')} ${addressOfWorker(ref)}: ${record.exit}`,
      `  Pushed: ${record.branch} at ${head}`,
      commits > 0 ? `  Commits: ${commits}` : '  Nothing was committed: the branch has no commits of its own',
      ...notTaken.map((line) => `  Not pushed: ${line}`),
    ]
    const json = {outcome: 'done', ...identity(ref), ...recordJson(record), commits, not_pushed: notTaken}
    return {text: lines.join('\n'), json}
  },
}

function identity({rig, name}: WorkerRef): Record<string, unknown> {
  return {rig: rig.name, name}
}

/** The name stands beside the rig's; what others wrote down is theirs to show. */
function recordJson({
  version: _,
  name: __,
  merge_request: ___,
  ...record
}: WorkerRecord): Record<string, unknown> {
  return record
}

function listLines({ref, record, liveness}: PolecatFacts, style: Style): string[] {
  const [task] = record?.task?.split('\n') ?? []
  return [
    `${mark(liveness, style)} ${style.bold(ref.name)}  ${stateWord(liveness, record)}`,
    ...(record ? [`  ${style.dim(record.branch)}`] : []),
    ...(task ? [`  ${task}`] : []),
  ]
}

function recordLines({task, branch, base, spawned_at, done_at, incarnation}: WorkerRecord): string[] {
  return [
    `  Branch: ${branch}${base ? `, from ${base}` : ''}`,
    `  Spawned: ${spawned_at}`,
    ...(done_at ? [`  Done: ${done_at}`] : []),
    `  Incarnation: ${incarnation}`,
    ...(task ? ['', ...task.split('\n').map((line) => `  ${line}`)] : []),
  ]
}

function mark(liveness: PolecatFacts['liveness'], {bold, dim}: Style): string {
  return liveness === 'alive' ? bold('●') : dim('○')
}

function stateWord(liveness: PolecatFacts['liveness'], record: WorkerRecord | undefined): string {
  const runs = {
    alive: 'running',
    absent: 'not running',
    dead: 'its agent has ended',
    outlived: 'its agent outlived its session',
    unknown: 'unknown',
  }[liveness]
  return record?.exit ? `done (${record.exit}), ${runs}` : runs
}
