import {isGtError} from '@gtown/sdk'
import {errorToJson, errorToText} from '@gtown/sdk/commands'

/** An error of oclif, with the exit code that it asks for. oclif also throws one to end a command early. */
interface OclifError extends Error {
  oclif?: {exit?: number}
}

/**
 * Prints an error that no command has printed: one sentence and the next step on stderr, and JSON on stdout if the
 * user asked for it. Prints a stack only under `DEBUG=gt*`.
 *
 * @returns the exit code of the process
 */
export function report(error: unknown, {json, debug}: {json: boolean; debug: string | undefined}): number {
  const {oclif, stack} = error as OclifError
  if ((error as {code?: string}).code === 'EEXIT') return oclif?.exit ?? 0
  if (json) process.stdout.write(`${JSON.stringify(errorToJson(error), null, 2)}\n`)
  process.stderr.write(errorToText(error))
  if (/(^|[\s,])(gt|\*)/.test(debug ?? '')) process.stderr.write(`${stack}\n`)
  return isGtError(error) ? error.exitCode : (oclif?.exit ?? 1)
}
