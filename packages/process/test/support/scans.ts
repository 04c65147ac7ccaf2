import type {ProcessEntry, Scan} from '../../src/processes.js'

export type Row = Partial<ProcessEntry> & {pid: number; open?: string[]}

/** A scan of made-up processes. By default each is a child of pid 1 with a session id of its own. */
export function scanOf(rows: readonly Row[]): Scan {
  const entries = rows.map(({open, ...row}) => ({
    parent: 1,
    session: row.pid,
    terminal: undefined,
    marker: undefined,
    stopped: false,
    isTmuxServer: false,
    start: `start-${row.pid}`,
    ...row,
  }))
  return {
    processes: new Map([firstProcess, ...entries].map((entry) => [entry.pid, entry])),
    openTerminals: (pid) => rows.find((row) => row.pid === pid)?.open ?? [],
  }
}

const firstProcess: ProcessEntry = {
  pid: 1,
  parent: 0,
  session: 1,
  terminal: undefined,
  marker: undefined,
  stopped: false,
  isTmuxServer: false,
  start: 'boot',
}
