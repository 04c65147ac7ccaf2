/** The facts in `/proc/PID/stat`. */
export interface ProcStat {
  parent: number
  session: number
  /** Path of its controlling pseudo terminal. */
  terminal: string | undefined
  /** Clock ticks since the machine was started. */
  start: string
  state: 'alive' | 'stopped' | 'gone'
  /** True for a tmux server, recognised by its process title. */
  isTmuxServer: boolean
}

const PTS_MAJOR = 136

/** Number of the last field that is read. */
const LAST_FIELD = 22

/** Parses the text of `/proc/PID/stat`. The program's name in it may contain blanks, parentheses and newlines. */
export function parseStat(text: string): ProcStat {
  const field = fieldsOf(text)
  return {
    ...lifeOf(field),
    parent: Number(field(4)),
    session: Number(field(6)),
    terminal: terminalOf(Number(field(7))),
    isTmuxServer: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')) === 'tmux: server',
  }
}

/** Parses only whether a process lives, and its start time. */
export function parseLife(text: string): Pick<ProcStat, 'start' | 'state'> {
  return lifeOf(fieldsOf(text))
}

/** A field's text by its number in proc(5). */
type Field = (number: number) => string

const lifeOf = (field: Field) => ({start: field(22), state: stateOf(field(3), Number(field(20)))})

function fieldsOf(text: string): Field {
  // Counted from the end of the name, which stands in the second field.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ', LAST_FIELD - 2)
  return (number) => fields[number - 3] ?? ''
}

function stateOf(letter: string, threads: number): ProcStat['state'] {
  // A process whose first thread has ended shows as a zombie while its other threads still run.
  if (letter === 'X' || (letter === 'Z' && threads <= 1)) return 'gone'
  return letter === 'T' || letter === 't' ? 'stopped' : 'alive'
}

function terminalOf(device: number): string | undefined {
  const major = (device >> 8) & 0xfff
  const minor = (device & 0xff) | ((device >>> 12) & 0xfff00)
  return major === PTS_MAJOR ? `/dev/pts/${minor}` : undefined
}
