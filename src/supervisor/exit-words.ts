import type {Exit} from '@gtown/sdk'

/** How a process ended, in words that follow its name: "exited with code 3". */
export function exitWords(exit: Exit | undefined): string {
  if (exit?.signal !== undefined) return `was ended by ${exit.signal}`
  if (exit?.code !== undefined) return `exited with code ${exit.code}`
  return 'ended, and how is not known'
}
