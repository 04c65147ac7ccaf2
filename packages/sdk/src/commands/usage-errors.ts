import {usageError} from '../errors.js'

/** The parts of a command that a usage error needs. */
interface CommandShape {
  id: string
  args: Record<string, {required?: boolean}>
}

/** An error of oclif's parser. Recognised by its fields, because classes differ between copies of oclif. */
interface ParserError extends Error {
  args?: unknown[]
  flags?: string[]
  parse?: unknown
}

/** Converts a parser's error to the original `gt`'s wording, with exit code 2. Returns any other error unchanged. */
export function toUsageError(error: unknown, command: CommandShape): unknown {
  if (!isParserError(error)) return error
  return usageError(message(error, command), `See 'gt ${command.id.replaceAll(':', ' ')} --help'.`)
}

function isParserError(error: unknown): error is ParserError {
  return error instanceof Error && ('parse' in error || /^Flag .* expects/.test(error.message))
}

function message(error: ParserError, command: CommandShape): string {
  // The value of a mistyped flag may be secret.
  const [flag] = error.flags?.[0]?.split('=') ?? []
  if (flag) return flag.startsWith('--') ? `unknown flag: ${flag}` : unknownShorthand(flag)
  if (error.args) return argumentCount(error, command)
  const expected = /^Flag (\S+) expects a value/.exec(error.message)
  if (expected) return `flag needs an argument: ${expected[1]}`
  return error.message
    .replace(/\n?See more help with --help/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .trim()
}

function unknownShorthand(flag: string): string {
  return `unknown shorthand flag: '${flag.slice(1, 2)}' in ${flag}`
}

function argumentCount(error: ParserError, command: CommandShape): string {
  const declared = Object.values(command.args)
  const required = declared.filter((arg) => arg.required).length
  const difference = error.args?.length ?? 0
  const missing = error.message.startsWith('Missing')
  const received = missing ? required - difference : declared.length + difference
  const range = required === 0 ? `at most ${declared.length}` : `between ${required} and ${declared.length}`
  const accepts = required === declared.length ? `${required}` : range
  return `accepts ${accepts} arg(s), received ${received}`
}
