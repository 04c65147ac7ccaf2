import type {Exit, Session} from '@gtown/sdk'

/** How a process ended, in words that follow its name: "exited with code 3". */
export function exitWords(exit: Exit | undefined): string {
  if (exit?.signal !== undefined) return `was ended by ${exit.signal}`
  if (exit?.code !== undefined) return `exited with code ${exit.code}`
  return 'ended, and how is not known'
}

/** Why a dead session does not run. */
export function deathReason({exit}: Session): string {
  return `its agent ${exitWords(exit)}`
}
