import {usageError} from '../errors.js'
import {shorten} from '../names.js'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Set by gt or by the backend. With another value, the supervisor would not recognise its own session. */
const RESERVED = new Set(['GT_SESSION_ID', 'TMUX', 'TMUX_PANE'])

/**
 * Parses repeated `--env` flags. Throws a usage error that names the entry but never its value, which may be secret.
 */
export function parseEnvironment(entries: readonly string[]): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [index, entry] of entries.entries()) {
    const equals = entry.indexOf('=')
    if (equals < 0) throw usageError(`--env takes KEY=VALUE: entry ${index + 1} has no '='`)
    const name = entry.slice(0, equals)
    checkName(name, index)
    if (Object.hasOwn(env, name)) throw usageError(`--env sets ${name} twice`)
    env[name] = entry.slice(equals + 1)
  }
  return env
}

function checkName(name: string, index: number): void {
  if (name === '') throw usageError(`--env takes KEY=VALUE: entry ${index + 1} has an empty name`)
  if (!NAME.test(name)) {
    throw usageError(
      `--env takes KEY=VALUE: '${shorten(name)}' cannot be a variable's name`,
      'Names may have letters, digits and _, and must not begin with a digit.',
    )
  }
  if (RESERVED.has(name))
    throw usageError(`--env cannot set ${name}: it is reserved for gt and the session backend`)
}
