import {isGtError} from '../errors.js'

/** Formats an error for stderr: one sentence, then what to do about it. Ends with a line break. */
export function errorToText(error: unknown): string {
  if (isGtError(error)) return `Error: ${error.message}\n${error.hint ? `${error.hint}\n` : ''}`
  const {message, oclif} = error as Error & {oclif?: unknown}
  const hint = oclif ? '' : 'This is unexpected. Run again with DEBUG=gt* to see where it happened.\n'
  return `Error: ${firstLine(message)}\n${hint}`
}

/** Formats an error for `--json`: message, code and hint, without a stack. */
export function errorToJson(error: unknown): Record<string, unknown> {
  if (!isGtError(error)) {
    const message = error instanceof Error ? error.message : String(error)
    return {error: {code: 'UNEXPECTED', message: firstLine(message)}}
  }
  const {code, message, hint, details, liveness} = error
  return {error: {code, message, ...(hint && {hint}), ...details}, ...(liveness && {liveness})}
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
