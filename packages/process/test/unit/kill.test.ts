import {expect, test} from 'vitest'
import {createKiller} from '../../src/kill.js'
import type {Processes} from '../../src/processes.js'
import {type Row, scanOf} from '../support/scans.js'

const ROUNDS = 3

type Signalled = [pid: number, signal: string]

/** A made-up system that reacts to signals as `react` says, and records each. */
function systemOf(rows: Row[], react: (system: Row[], pid: number, signal: string) => Row[]) {
  let system = rows
  const signalled: Signalled[] = []
  const processes: Processes = {
    self: 50,
    scan: () => scanOf(system),
    parentOf: () => undefined,
    startTimes: () => new Map(),
    signal: (identities, signal) => {
      for (const {pid, start} of identities) {
        signalled.push([pid, signal])
        if (scanOf(system).processes.get(pid)?.start === start) system = react(system, pid, signal)
      }
    },
    commandOf: (pid) => `program ${pid}`,
  }
  return {signalled, killer: createKiller(processes, ROUNDS)}
}

const without = (system: Row[], pid: number) => system.filter((row) => row.pid !== pid)
const change = (system: Row[], pid: number, values: Partial<Row>) =>
  system.map((row) => (row.pid === pid ? {...row, ...values} : row))

/** How most programs react: they stop on SIGSTOP and end on SIGTERM. */
const obedient = (system: Row[], pid: number, signal: string) =>
  signal === 'SIGSTOP' ? change(system, pid, {stopped: true}) : without(system, pid)

const root = {pid: 100}
const child = {pid: 200, parent: 100}
const target = {roots: [100]}

test('end_members end on SIGTERM: stopped only for that moment, and none is killed', async () => {
  const {killer, signalled} = systemOf([root, child], obedient)

  expect(await killer.end(target, {graceMs: 1000})).toEqual([])
  expect(signalled).toEqual([
    [200, 'SIGSTOP'],
    [100, 'SIGTERM'],
    [200, 'SIGTERM'],
    [200, 'SIGCONT'],
  ])
})

test('end_no grace period: all but the root are stopped, and the root is killed first', async () => {
  const {killer, signalled} = systemOf([child, root], obedient)

  expect(await killer.end(target, {graceMs: 0})).toEqual([])
  expect(signalled).toEqual([
    [200, 'SIGSTOP'],
    [100, 'SIGKILL'],
    [200, 'SIGKILL'],
  ])
})

test('end_stopped member: gets SIGTERM, then SIGCONT', async () => {
  const stopped = {...child, stopped: true}
  const {killer, signalled} = systemOf([root, stopped], (system, pid, signal) =>
    pid === 200 && signal === 'SIGTERM' ? system : without(system, pid),
  )

  expect(await killer.end(target, {graceMs: 1000})).toEqual([])
  expect(signalled).toEqual([
    [100, 'SIGTERM'],
    [200, 'SIGTERM'],
    [200, 'SIGCONT'],
  ])
})

test('end_member leaves a child behind on SIGTERM: the child gets SIGTERM, too', async () => {
  const {killer, signalled} = systemOf([root], (system, pid, signal) =>
    pid === 100 ? [{pid: 300, session: 100}] : obedient(system, pid, signal),
  )

  expect(await killer.end(target, {graceMs: 1000})).toEqual([])
  expect(signalled).toEqual([
    [100, 'SIGTERM'],
    [300, 'SIGSTOP'],
    [300, 'SIGTERM'],
    [300, 'SIGCONT'],
  ])
})

test('end_no signal has an effect: bounded, and the survivors are reported', async () => {
  const {killer} = systemOf([root, child], (system) => system)

  expect(await killer.end(target, {graceMs: 5})).toEqual([
    {pid: 100, command: 'program 100'},
    {pid: 200, command: 'program 200'},
  ])
})

test('end_last SIGKILL takes effect: no survivor is reported', async () => {
  let kills = 0
  const {killer} = systemOf([root], (system, _, signal) =>
    signal === 'SIGKILL' && ++kills === ROUNDS ? [] : system,
  )

  expect(await killer.end(target, {graceMs: 0})).toEqual([])
  expect(kills).toBe(ROUNDS)
})

test('end_pid of a terminated member goes to a new member: it gets SIGTERM, too', async () => {
  const later = {pid: 200, session: 100, start: 'later'}
  const {killer, signalled} = systemOf([root, child], (system, pid, signal) => {
    const isFirst = system.some(({parent}) => parent === 100)
    return pid === 200 && signal === 'SIGTERM' && isFirst ? [later] : obedient(system, pid, signal)
  })

  expect(await killer.end(target, {graceMs: 1000})).toEqual([])
  expect(signalled.filter(([pid]) => pid === 200).map(([, signal]) => signal)).toEqual([
    ...['SIGSTOP', 'SIGTERM', 'SIGCONT'],
    ...['SIGSTOP', 'SIGTERM', 'SIGCONT'],
  ])
})

test('end_caller and its ancestors are members: never signalled, but reported', async () => {
  const shell = {pid: 40, parent: 100}
  const self = {pid: 50, parent: 40}
  const {killer, signalled} = systemOf([root, child, shell, self], obedient)

  const survivors = await killer.end(target, {graceMs: 1000})

  expect(survivors.map(({pid}) => pid).sort()).toEqual([100, 40, 50])
  expect(signalled).toEqual([
    [200, 'SIGSTOP'],
    [200, 'SIGTERM'],
    [200, 'SIGCONT'],
  ])
})

test('end_nothing is alive: no signal is sent', async () => {
  const {killer, signalled} = systemOf([{pid: 300}], (system) => system)

  expect(await killer.end({roots: [100], marker: 'town/session/1'}, {graceMs: 1000})).toEqual([])
  expect(signalled).toEqual([])
})
