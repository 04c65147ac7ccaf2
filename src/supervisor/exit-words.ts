import type {Exit, Session} from '@gtown/sdk'

/** How a process ended, phrased to follow its name: "exited with code 3". */
export function exitWords(exit: Exit | undefined): string {
  if (exit?.signal !== undefined) return `was ended by ${exit.signal}`
  if (exit?.code !== undefined) return `exited with code ${exit.code}`
  return 'ended for an unknown reason'
}

/** Why a session is dead, as a clause. */
export function deathReason({exit}: Session): string {
  return `its agent ${exitWords(exit)}`
}
