import {isGtError} from '../errors.js'

/** An error as a person sees it on stderr: one sentence, then what to do about it. Ends with a line break. */
export function errorToText(error: unknown): string {
  if (isGtError(error)) return `Error: ${error.message}\n${error.hint ? `${error.hint}\n` : ''}`
  const {message, oclif} = error as Error & {oclif?: unknown}
  const hint = oclif ? '' : 'This was not foreseen. DEBUG=gt* shows where it happened.\n'
  return `Error: ${firstLine(message)}\n${hint}`
}

/** An error as `--json` shows it: the same sentence, code and hint that a person gets, and no stack. */
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
