import type {AgentReading} from '@gtown/sdk'

/** What an agent is doing, for programs. Ages are counted until `now`, milliseconds since the epoch. */
export function readingJson(
  {state, text, choices, evidence}: AgentReading,
  now: number,
): Record<string, unknown> {
  return {
    value: state,
    ...(text !== undefined && {text}),
    ...(choices && {choices}),
    evidence: evidence.map(({source, state: says, value, at}) => ({
      source,
      says,
      value,
      age_ms: Math.max(0, Math.round(now - at)),
    })),
  }
}

/** The same in one line, such as `permission (screen): Do you want to proceed?`. */
export function readingLine({state, text, evidence}: AgentReading): string {
  const [best] = evidence
  const why = text?.split('\n', 1)[0]
  return `${state}${best ? ` (${best.source})` : ''}${why ? `: ${why}` : ''}`
}
