import type {AgentReading} from '@gtown/sdk'

/** An agent's state as JSON. Ages are relative to `now`, in milliseconds since the epoch. */
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

/** An agent's state in one line, such as `permission (screen): Do you want to proceed?`. */
export function readingLine({state, text, evidence}: AgentReading): string {
  const [best] = evidence
  const why = text?.split('\n', 1)[0]
  return `${state}${best ? ` (${best.source})` : ''}${why ? `: ${why}` : ''}`
}
