import {isGtError} from '@gtown/sdk'
import {isSystemError, reasonOf} from '@gtown/sdk/files'
import {type Finding, unknownFinding} from './finding.js'

/** Makes a check. One that fails is a finding, too, so that the others still say what they know. */
export async function attempt<T>(check: () => Promise<T>): Promise<T | Finding[]> {
  try {
    return await check()
  } catch (error) {
    if (isGtError(error)) return [unknownFinding(error.message)]
    if (isSystemError(error)) return [unknownFinding(reasonOf(error))]
    throw error
  }
}
