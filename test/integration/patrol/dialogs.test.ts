// Workers with a dialog of their agent before the first prompt.
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {doneFor, MINUTE, makeWorld, type Polecat, SECOND, verdictOf, type World} from './support/world.js'

const DOWN = '\u001b[B'

/** A worker that shows such a dialog when the patrol first sees it. */
async function blocked(order: string, acceptDialogs: boolean): Promise<[World, Polecat]> {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start('careful', {acceptDialogs})
  await nux.tell(order)
  await world.cycle()
  return [world, nux]
}

/** The keys that the dialog received. */
function keys({log}: Pick<Polecat, 'log'>): string[] {
  const file = join(log, 'keys')
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : []
}

test('Trust, with answers allowed: the mark is moved, read again and confirmed', async () => {
  const [world, nux] = await blocked('trust', true)
  expect(doneFor(await world.cycle(80 * SECOND), 'nux')).toEqual([])
  const report = await world.cycle(MINUTE)
  expect([verdictOf(report, 'nux'), doneFor(report, 'nux')]).toEqual(['start blocked', ['press-dialog']])
  expect(keys(nux)).toEqual([DOWN, '\r'])
  expect([nux.submitted(), world.incidents()]).toEqual([[], []])
  expect(verdictOf(await world.cycle(SECOND), 'nux')).not.toBe('start blocked')
})

test('Trust, without answers allowed: no key, and a person is notified once', async () => {
  const [world, nux] = await blocked('trust', false)
  const done: string[] = []
  for (let cycle = 0; cycle < 3; cycle++) done.push(...doneFor(await world.cycle(2 * MINUTE), 'nux'))
  expect([done, keys(nux)]).toEqual([['escalate'], []])
  expect(world.incidents()).toMatchObject([
    {cause: 'start blocked', detail: expect.stringContaining('one you trust')},
  ])
})

test('Terms of service: no key, whatever was allowed', async () => {
  const [world, nux] = await blocked('terms', true)
  expect(doneFor(await world.cycle(2 * MINUTE), 'nux')).toEqual(['escalate'])
  expect(keys(nux)).toEqual([])
})

test('Another question by the time of the key: no key', async () => {
  const [world, nux] = await blocked('trust', true)
  const {inspect} = world.backend
  // It was read and decided before this.
  world.backend.inspect = async (...args) => {
    world.backend.inspect = inspect
    await nux.tell('permission')
    return await inspect(...args)
  }
  expect(doneFor(await world.cycle(2 * MINUTE), 'nux')).toEqual(['press-dialog refused'])
  expect([keys(nux), existsSync(join(nux.log, 'bytes'))]).toEqual([[], false])
})

test('A terminal shows it by the time of the key: no key', async () => {
  const [world, nux] = await blocked('trust', true)
  world.beforeActing = () => nux.watch()
  expect(doneFor(await world.cycle(2 * MINUTE), 'nux')).toEqual(['press-dialog refused'])
  expect(keys(nux)).toEqual([])
})

test.each([
  ['allowed answers: so does the restart', true, ['restart'], [DOWN, '\r']],
  ['allowed none: the restart presses no key, has failed, and counts', false, ['restart failed'], []],
] as const)('Asked at its restart, and the start %s', async (_, acceptDialogs, done, pressed) => {
  const world = makeWorld()
  const nux = world.polecat('nux', {agent: 'asking'})
  await nux.start('careful', {acceptDialogs})
  await world.cycle()
  await nux.kill()
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(done)
  expect(keys({log: join(world.box.dir, 'log/restarted')})).toEqual(pressed)
  const state = JSON.parse(readFileSync(join(world.rig, '.runtime/witness.json'), 'utf8'))
  expect(state.polecats.nux.restarts).toHaveLength(1)
})
