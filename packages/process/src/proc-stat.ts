/** What `/proc/PID/stat` says of a process. */
export interface ProcStat {
  parent: number
  session: number
  /** The path of its controlling pseudo terminal. */
  terminal: string | undefined
  /** Clock ticks since the machine was started. */
  start: string
  state: 'alive' | 'stopped' | 'gone'
  /** True for a tmux server, by the name that it gives itself. */
  isTmuxServer: boolean
}

const PTS_MAJOR = 136

/** Reads the text of `/proc/PID/stat`. The program's name in it may hold blanks, parentheses and newlines. */
export function parseStat(text: string): ProcStat {
  // Counted from the end of the name, which stands in the second field: the state is field 3 of proc(5).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => fields[number - 3] ?? ''
  return {
    parent: Number(field(4)),
    session: Number(field(6)),
    terminal: terminalOf(Number(field(7))),
    start: field(22),
    state: stateOf(field(3), Number(field(20))),
    isTmuxServer: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')) === 'tmux: server',
  }
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
