import {inTurns} from '../in-turns.js'
import type {RigRef} from '../role.js'
import type {Style} from '../style.js'
import {errorToJson} from './error-output.js'

/** Maximum number of sessions handled at once, because starting agents is expensive. */
const AT_ONCE = 4

/** The result for one rig of many. */
export type Outcome<T> = {ref: RigRef; result: T} | {ref: RigRef; error: unknown}

/**
 * Runs work for each rig, a few at once. A failure does not stop the others.
 *
 * @param follow called as each one begins and ends
 * @returns the outcomes, in the order of the refs
 */
export async function forEachRef<T>(
  refs: readonly RigRef[],
  work: (ref: RigRef) => Promise<T>,
  follow: {begun(ref: RigRef): void; done(outcome: Outcome<T>): void},
): Promise<Outcome<T>[]> {
  return await inTurns(AT_ONCE, refs, async (ref) => {
    follow.begun(ref)
    const outcome: Outcome<T> = await work(ref).then(
      (result) => ({ref, result}),
      (error: unknown) => ({ref, error}),
    )
    follow.done(outcome)
    return outcome
  })
}

/** An outcome as one line, such as `✓ alpha: started`. */
export function outcomeLine<T extends {outcome: string}>(outcome: Outcome<T>, style: Style): string {
  const {name} = outcome.ref.rig
  if ('error' in outcome) return `${style.bold('✗')} ${name}: ${messageOf(outcome.error)}`
  const {outcome: word} = outcome.result
  const sign = word.startsWith('already') || word.startsWith('not') ? style.dim('⚠') : style.bold('✓')
  const how = isFallback(outcome.result) ? ' with the built-in agent' : ''
  return `${sign} ${name}: ${word.replaceAll('_', ' ')}${how}`
}

/** The number of each outcome, such as `3 started, 1 failed`. */
export function outcomeSummary<T extends {outcome: string}>(outcomes: readonly Outcome<T>[]): string {
  const words = outcomes.map((outcome) =>
    'error' in outcome ? 'failed' : outcome.result.outcome.replaceAll('_', ' '),
  )
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, all]) => `${all.length} ${word}`)
  return counts.join(', ') || 'There are no rigs.'
}

/** Formats outcomes for `--json`. */
export function outcomesJson<T extends {outcome: string}>(
  outcomes: readonly Outcome<T>[],
): Record<string, unknown>[] {
  return outcomes.map((outcome) => ({
    rig_name: outcome.ref.rig.name,
    ...('error' in outcome ? errorToJson(outcome.error) : resultJson(outcome.result)),
  }))
}

function resultJson(result: {outcome: string}): Record<string, unknown> {
  return {outcome: result.outcome, ...(isFallback(result) && {agent_fallback: true})}
}

/** True if the built-in agent was started because none was chosen: see `StartResult`. */
function isFallback(result: {outcome: string; isFallback?: boolean}): boolean {
  return result.isFallback === true
}

/** The first line of an error message. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}
