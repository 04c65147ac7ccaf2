import {type Finding, isGtError} from '@gtown/sdk'

/** One line of `gt doctor`. */
export type Check = Finding

export function ok(check: string, message: string): Check {
  return {check, status: 'ok', message, cure: null}
}

export function warn(check: string, message: string, cure: string): Check {
  return {check, status: 'warn', message, cure}
}

export function fail(check: string, message: string, cure: string): Check {
  return {check, status: 'fail', message, cure}
}

/** Turns an error into a failed check: its message, with its hint as the cure. */
export function failure(check: string, error: unknown): Check {
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1)
  const hint = isGtError(error) ? error.hint?.trim() : undefined
  return fail(check, message, hint || 'This is unexpected. Run again with DEBUG=gt* to see more.')
}

/** Runs checks so that an error becomes their result and does not stop the others. */
export async function guarded(check: string, look: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await look()
  } catch (error) {
    return [failure(check, error)]
  }
}
