import {inTurns} from '../in-turns.js'
import type {RigRef} from '../role.js'
import type {Style} from '../style.js'
import {errorToJson} from './error-output.js'

/** How many sessions are worked on at once: agents are heavy while they start. */
const AT_ONCE = 4

/** What became of one of many. */
export type Outcome<T> = {ref: RigRef; result: T} | {ref: RigRef; error: unknown}

/**
 * Does the work for each, a few at once. One that fails stops no other.
 *
 * @param follow told of each as it begins, and as it ends
 * @returns what became of each, in the order of the refs
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

/** One line of what became of one, such as `✓ alpha: started`. */
export function outcomeLine<T extends {outcome: string}>(outcome: Outcome<T>, style: Style): string {
  const {name} = outcome.ref.rig
  if ('error' in outcome) return `${style.bold('✗')} ${name}: ${messageOf(outcome.error)}`
  const {outcome: word} = outcome.result
  const sign = word.startsWith('already') || word.startsWith('not') ? style.dim('⚠') : style.bold('✓')
  const how = isFallback(outcome.result) ? ' with the built-in agent' : ''
  return `${sign} ${name}: ${word.replaceAll('_', ' ')}${how}`
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
    ...('error' in outcome ? errorToJson(outcome.error) : resultJson(outcome.result)),
  }))
}

function resultJson(result: {outcome: string}): Record<string, unknown> {
  return {outcome: result.outcome, ...(isFallback(result) && {agent_fallback: true})}
}

/** True for a start for which nobody has chosen the agent: see `StartResult`. */
function isFallback(result: {outcome: string; isFallback?: boolean}): boolean {
  return result.isFallback === true
}

/** The first line of what an error says. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}
