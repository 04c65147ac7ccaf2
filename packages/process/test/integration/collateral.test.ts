import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../src/index.js'
import {createKiller} from '../../src/kill.js'
import type {Scan} from '../../src/processes.js'
import {linuxProcesses} from '../../src/scan-linux.js'
import {carriers, newCanary, stateOf} from '../support/canary.js'
import {fixture, openTrees} from '../support/sessions.js'

test.for([400, 0])(
  'end_member started a process of another session, %i ms of grace: it and its children live',
  async (graceMs) => {
    const {start, canary, target, neighbourLivesOn} = openTrees()
    const other = newCanary()
    start('other-marker.sh', other)
    await until(
      'both trees',
      () => carriers(`town/other/${other}`).length === 3 && carriers(canary).length >= 2,
    )
    const others = carriers(`town/other/${other}`)

    const survivors = await killer.end(target(), {graceMs})

    expect(survivors).toEqual([])
    await neighbourLivesOn()
    expect(carriers(`town/victim/${canary}`)).toEqual([])
    expect(carriers(`town/other/${other}`)).toEqual(others)
  },
)

test('end_root belongs to another session: its pid was reused, and it lives', async () => {
  const {start, canary, target} = openTrees()
  start('plain.sh')
  await until('the tree', () => carriers(canary).length === 3)

  const survivors = await killer.end({...target(), marker: 'town/victim/an-earlier-life'}, {graceMs: 0})

  expect(survivors).toEqual([])
  expect(carriers(canary)).toHaveLength(3)
})

test('end_pids were reused after the scan: nothing is signalled, and the session is reported', async () => {
  const {start, canary, target} = openTrees()
  start('plain.sh')
  await until('the tree', () => carriers(canary).length === 3)
  const outdated = (scan: Scan): Scan => ({
    ...scan,
    processes: new Map(Array.from(scan.processes, ([pid, entry]) => [pid, {...entry, start: '1'}])),
  })
  const processes = {...linuxProcesses, scan: () => outdated(linuxProcesses.scan())}

  const survivors = await createKiller(processes, 3).end(target(), {graceMs: 20})

  expect(survivors.map(({pid}) => pid).sort()).toEqual(carriers(canary).sort())
  expect(carriers(canary).map(stateOf)).toEqual(['S', 'S', 'S'])
})

test('end_called from inside the session: the caller and its ancestors live, and are reported', async () => {
  const {start, canary, target} = openTrees()
  start('plain.sh')
  await until('the tree', () => carriers(canary).length === 3)
  const root = target().roots[0] ?? 0
  const self = carriers(canary).find((pid) => pid !== root) ?? 0

  const survivors = await createKiller({...linuxProcesses, self}).end(target(), {graceMs: 400})

  expect(survivors.sort((a, b) => a.pid - b.pid)).toEqual([
    {pid: root, command: `/bin/bash ${fixture('plain.sh')} ${canary}`},
    {pid: self, command: `/usr/bin/perl ./idle.pl ${canary}`},
  ])
  expect(carriers(canary)).toEqual([root, self])
})

test('end_session without a marker: its tree is found by its roots, the neighbour lives', async () => {
  const {start, canary, target, neighbourLivesOn} = openTrees()
  start('nohup-child.sh')
  await until('the tree', () => carriers(canary).length === 2)

  const survivors = await killer.end({roots: target().roots}, {graceMs: 400})

  expect(survivors).toEqual([])
  expect(carriers(canary)).toEqual([])
  await neighbourLivesOn()
})

test('end_member cleans up with a program of its own: the program may finish', async () => {
  const {start, canary, target, box} = openTrees()
  const result = join(box.dir, 'result')
  start('cleans-up-on-term.sh', result)
  await until('the tree', () => carriers(canary).length === 2)

  await killer.end(target(), {graceMs: 10_000})

  expect(readFileSync(result, 'utf8')).toBe('0\n')
  expect(carriers(canary)).toEqual([])
})

test('end_member started a tmux server: the server and the sessions in it live', async () => {
  const {start, box, canary, target} = openTrees()
  start('starts-tmux-server.sh')
  await until('the other server', () => sessionsOf('other') === 'theirs\n')
  function sessionsOf(socket: string): string {
    return spawnSync('tmux', ['-L', socket, 'list-sessions', '-F', '#S'], {env: box.env, encoding: 'utf8'})
      .stdout
  }

  const survivors = await killer.end(target(), {graceMs: 400})

  expect(survivors).toEqual([])
  expect(sessionsOf('other')).toBe('theirs\n')
  expect(
    carriers(canary).some((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('starts-tmux-server'),
    ),
  ).toBe(false)
})
