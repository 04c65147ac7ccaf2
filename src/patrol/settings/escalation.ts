import {type AgentSettings, GtError} from '@gtown/sdk'

/** Where incidents are told. */
export interface Escalation {
  /** A program that is given the incident as JSON on its standard input. */
  command?: readonly [string, ...string[]]
  /** The address of an agent that is told. */
  nudge?: string
  /** Show it on the desktop. */
  notify: boolean
  /** The settings file that says so. */
  file: string
}

/**
 * Where the settings say that incidents are told, the most specific file alone; undefined where none says anything.
 * Rejects with `INVALID_SETTING`, naming file and key.
 */
export function readEscalation(settings: readonly AgentSettings[]): Escalation | undefined {
  const source = settings.find(({escalate}) => escalate !== undefined)
  if (!source) return undefined
  const {file, escalate} = source
  if (typeof escalate !== 'object' || escalate === null || Array.isArray(escalate)) {
    throw invalid(`${file}: escalate must be an object`)
  }
  const {command, nudge, notify, ...others} = escalate as Record<string, unknown>
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw invalid(`${file}: escalate has no '${unknown}'`)
  if (command !== undefined && !isCommand(command)) {
    throw invalid(`${file}: escalate.command must be a list of words, the program first`)
  }
  if (nudge !== undefined && typeof nudge !== 'string') {
    throw invalid(`${file}: escalate.nudge must be an address, such as "mayor"`)
  }
  if (notify !== undefined && typeof notify !== 'boolean') {
    throw invalid(`${file}: escalate.notify must be true or false`)
  }
  return {file, notify: notify === true, ...(command && {command}), ...(nudge && {nudge})}
}

function isCommand(value: unknown): value is [string, ...string[]] {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string')
}

function invalid(message: string): GtError {
  return new GtError(message, {
    code: 'INVALID_SETTING',
    hint: 'There are "command" (a list of words), "nudge" (an address) and "notify" (true or false).',
  })
}
