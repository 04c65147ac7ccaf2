/** A process whose current directory is a certain one, or below it. */
export interface Occupant {
  pid: number
  /** Its command line, for a person to recognise. */
  command: string
}
