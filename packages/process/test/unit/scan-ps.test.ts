import {expect, test} from 'vitest'
import {parsePs} from '../../src/scan-ps.js'

const macOs = `
    1     0     1 Ss   ??       Mon Nov  3 09:00:00 2025
  501     1   501 Ss   ttys003  Mon Nov  3 10:20:30 2025
  502   501   502 S+   ttys003  Sat Nov 22 10:20:31 2025
  503   501   503 T    ttys003  Sat Nov 22 10:20:31 2025
  504   501   504 Z    ??       Sat Nov 22 10:20:31 2025
  505     1   505 S    -        Sat Nov 22 10:20:31 2025
`

test('parsePs_lines of macOS: parent, group, terminal, start time and state; no zombies', () => {
  const entry = (
    pid: number,
    parent: number,
    terminal: string | undefined,
    start: string,
    stopped = false,
  ) => [pid, {pid, parent, session: pid, terminal, start, marker: undefined, stopped, isTmuxServer: false}]
  expect([...parsePs(macOs)]).toEqual([
    entry(1, 0, undefined, 'Mon Nov  3 09:00:00 2025'),
    entry(501, 1, 'ttys003', 'Mon Nov  3 10:20:30 2025'),
    entry(502, 501, 'ttys003', 'Sat Nov 22 10:20:31 2025'),
    entry(503, 501, 'ttys003', 'Sat Nov 22 10:20:31 2025', true),
    entry(505, 1, undefined, 'Sat Nov 22 10:20:31 2025'),
  ])
})

test('parsePs_lines of Linux among other lines: the processes are read', () => {
  const text =
    'ps: warning\n 20 1 7 Sl ? Sat Nov 22 19:18:00 2025\n\n 21 1 7 S pts/0 Sat Nov  1 01:02:03 2025\n'

  expect([...parsePs(text).values()].map(({pid, terminal, start}) => ({pid, terminal, start}))).toEqual([
    {pid: 20, terminal: undefined, start: 'Sat Nov 22 19:18:00 2025'},
    {pid: 21, terminal: 'pts/0', start: 'Sat Nov  1 01:02:03 2025'},
  ])
})
