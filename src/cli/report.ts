import {isGtError} from '@gtown/sdk'
import {errorToJson, errorToText} from '@gtown/sdk/commands'

/** What oclif throws to end a command early, and the exit code that its errors ask for. */
interface OclifError extends Error {
  oclif?: {exit?: number}
}

/**
 * Shows an error that no command has shown: one sentence and what to do about it on stderr, and JSON on stdout
 * where the user asked for that. A stack is shown only under `DEBUG=gt*`.
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
