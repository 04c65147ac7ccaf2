import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../src/index.js'
import {createKiller} from '../../src/kill.js'
import {psProcesses} from '../../src/scan-ps.js'
import {carriers, stateOf, threadsOf} from '../support/canary.js'
import {fixture, openTrees} from '../support/sessions.js'

test('end_second pane and second window: their processes end too', async () => {
  const {start, canary, target, box} = openTrees()
  start('plain.sh')
  box.tmux('split-window', '-t', '=victim:', fixture('setsid-child.sh'), canary)
  box.tmux('new-window', '-t', '=victim:', fixture('nohup-child.sh'), canary)
  await until('all trees', () => carriers(canary).length === 7)

  expect(await killer.end(target(), {graceMs: 400})).toEqual([])
  expect(carriers(canary)).toEqual([])
})

test.for([10_000, 0])('end_stopped child, %i ms of grace: it is continued or killed', async (graceMs) => {
  const {start, canary, target} = openTrees()
  start('stopped-child.sh')
  await until('the child to be stopped', () => carriers(canary).map(stateOf).includes('T'))

  expect(await killer.end(target(), {graceMs})).toEqual([])
  expect(carriers(canary)).toEqual([])
})

test('end_first thread of a process has ended: the process is not taken for a zombie', async () => {
  const {start, target} = openTrees()
  start('ended-main-thread.py')
  const root = target().roots[0] ?? 0
  await until('the first thread to end', () => stateOf(root) === 'Z')

  expect(await killer.end(target(), {graceMs: 0})).toEqual([])
  expect(threadsOf(root)).toBeLessThan(2)
})

test('end_twice, and at the same time: each finds nothing left', async () => {
  const {start, canary, target} = openTrees()
  start('plain.sh')
  await until('the tree', () => carriers(canary).length === 3)
  const session = target()

  expect(await Promise.all([1, 2].map(() => killer.end(session, {graceMs: 400})))).toEqual([[], []])
  expect(await killer.end(session, {graceMs: 400})).toEqual([])
  expect(carriers(canary)).toEqual([])
})

test('end_roots unknown: the marker alone finds the session', async () => {
  const {start, canary, target, neighbourLivesOn} = openTrees()
  start('setsid-child.sh')
  await until('the tree', () => carriers(canary).length === 2)

  expect(await killer.end({...target(), roots: []}, {graceMs: 400})).toEqual([])
  expect(carriers(canary)).toEqual([])
  await neighbourLivesOn()
})

test.for(['plain.sh', 'setsid-child.sh', 'orphan-in-group.sh', 'ignores-term-and-hup.sh'])(
  'end_%s with ps instead of /proc: nothing survives',
  async (program) => {
    const {start, canary, target, neighbourLivesOn} = openTrees()
    start(program)
    await until('the tree', () => carriers(canary).length >= 2)

    expect(await createKiller(psProcesses).end({roots: target().roots}, {graceMs: 400})).toEqual([])
    expect(carriers(canary)).toEqual([])
    await neighbourLivesOn()
  },
)
