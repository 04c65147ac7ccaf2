import type {FleetEntry} from '../host.js'
import {shorten} from '../names.js'
import type {RigRef} from '../role.js'
import type {Style} from '../style.js'
import {errorToJson} from './error-output.js'
import type {Rendered} from './role-view.js'

/** How many sessions are worked on at once: agents are heavy while they start. */
const AT_ONCE = 4

/** What became of one of many. */
export type Outcome<T> = {ref: RigRef; result: T} | {ref: RigRef; error: unknown}

/**
 * Does the work for each, a few at once. One that fails stops no other.
 *
 * @param done told of each as it ends, in the order of the ends
 * @returns what became of each, in the order of the refs
 */
export async function forEachRef<T>(
  refs: readonly RigRef[],
  work: (ref: RigRef) => Promise<T>,
  done: (outcome: Outcome<T>) => void,
): Promise<Outcome<T>[]> {
  const outcomes: Outcome<T>[] = []
  const waiting = refs.entries()
  const worker = async () => {
    for (const [index, ref] of waiting) {
      const outcome = await work(ref).then(
        (result) => ({ref, result}),
        (error: unknown) => ({ref, error}),
      )
      outcomes[index] = outcome
      done(outcome)
    }
  }
  await Promise.all(Array.from({length: Math.min(AT_ONCE, refs.length)}, worker))
  return outcomes
}

/** One line of what became of one, such as `✓ alpha: started`. */
export function outcomeLine<T extends {outcome: string}>(outcome: Outcome<T>, style: Style): string {
  const {name} = outcome.ref.rig
  if ('error' in outcome) return `${style.bold('✗')} ${name}: ${messageOf(outcome.error)}`
  const {outcome: word} = outcome.result
  const sign = word.startsWith('already') || word.startsWith('not') ? style.dim('⚠') : style.bold('✓')
  return `${sign} ${name}: ${word.replaceAll('_', ' ')}`
}

/** How many there were of each, such as `3 started, 1 failed`. */
export function outcomeSummary<T extends {outcome: string}>(outcomes: readonly Outcome<T>[]): string {
  const words = outcomes.map((outcome) =>
    'error' in outcome ? 'failed' : outcome.result.outcome.replaceAll('_', ' '),
  )
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, all]) => `${all.length} ${word}`)
  return counts.join(', ') || 'There are no rigs.'
}

/** The same for programs. */
export function outcomesJson<T extends {outcome: string}>(
  outcomes: readonly Outcome<T>[],
): Record<string, unknown>[] {
  return outcomes.map((outcome) => ({
    rig_name: outcome.ref.rig.name,
    ...('error' in outcome ? errorToJson(outcome.error) : {outcome: outcome.result.outcome}),
  }))
}

/** The sessions of many rigs as a table, one a line. */
export function fleetTable(entries: readonly FleetEntry[], style: Style): string {
  if (entries.length === 0) return 'There are no rigs.'
  const rows = [['Rig', 'State', 'Agent', 'Backend', 'Since'], ...entries.map(rowOf)]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [style.bold(lines[0] ?? ''), ...lines.slice(1)].join('\n')
}

function rowOf(entry: FleetEntry): string[] {
  const {name} = entry.ref.rig
  if ('error' in entry) return [name, `unknown: ${shorten(messageOf(entry.error), 100)}`]
  const {liveness, session, backend, reason} = entry.status
  if (!session) return [name, reason ? `stopped: ${shorten(reason, 100)}` : 'stopped']
  const state = liveness === 'alive' ? 'running' : `dead: ${shorten(reason ?? '', 60)}`
  return [name, state, session.labels.agent ?? '-', backend, new Date(session.createdAt).toISOString()]
}

/** One entry for programs: what the command says of a single one, or the error. */
export function entryJson(
  entry: FleetEntry,
  render: (ref: RigRef, status: Extract<FleetEntry, {status: unknown}>['status']) => Rendered,
): Record<string, unknown> {
  if ('error' in entry) return {rig_name: entry.ref.rig.name, ...errorToJson(entry.error)}
  return render(entry.ref, entry.status).json
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}
