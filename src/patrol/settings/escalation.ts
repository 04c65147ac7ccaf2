import {type AgentSettings, GtError} from '@gtown/sdk'
import * as v from '@gtown/sdk/schema'

/** What each setting must be, as an error message says it. */
const MUST_BE: Readonly<Record<string, string>> = {
  command: 'a list of words, the program first',
  nudge: 'an address, such as "mayor"',
  notify: 'true or false',
}

const format = v.objectOf({
  /** A program that receives the incident as JSON on its standard input. */
  command: v.exactOptional(v.pipe(v.tupleWithRest([v.text], v.text), v.readonly())),
  /** Address of an agent to nudge. */
  nudge: v.exactOptional(v.text),
  /** Show a desktop notification. */
  notify: v.optional(v.boolean(), false),
})

/** Where notifications of incidents go, and the settings file that contains this. */
export type Escalation = v.InferOutput<typeof format> & {file: string}

/**
 * The escalation from the most specific file that has one; undefined when none has. Throws `INVALID_SETTING`, naming file
 * and key.
 */
export function readEscalation(settings: readonly AgentSettings[]): Escalation | undefined {
  const source = settings.find(({escalate}) => escalate !== undefined)
  if (!source) return undefined
  const {file, escalate} = source
  if (!v.isObject(escalate)) throw invalid(`${file}: escalate must be an object`)
  const unknown = Object.keys(escalate).find((key) => !Object.hasOwn(MUST_BE, key))
  if (unknown !== undefined) throw invalid(`${file}: escalate has no '${unknown}'`)
  const {success, output, issues} = v.safeParse(format, escalate)
  if (success) return {file, ...output}
  const key = String(issues[0].path?.[0].key)
  throw invalid(`${file}: escalate.${key} must be ${MUST_BE[key]}`)
}

function invalid(message: string): GtError {
  return new GtError(message, {
    code: 'INVALID_SETTING',
    hint: 'Possible keys: "command" (a list of words), "nudge" (an address) and "notify" (true or false).',
  })
}
