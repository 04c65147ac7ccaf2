import {GtError, isGtError} from '@gtown/sdk'
import {withLock} from '@gtown/sdk/files'

/**
 * Removes the folder of a lock that a killed process left: takes the lock for a moment, which removes it. One with a
 * living owner stays. Idempotent.
 */
export async function removeDeadLock(directory: string): Promise<void> {
  const refuse = () => new GtError(`${directory} is in use`, {code: 'LOCKED'})
  try {
    await withLock(directory, {waitMs: 0, refuse}, async () => {})
  } catch (error) {
    if (!isGtError(error)) throw error
  }
}
