// Number of calls to the session backend in a cycle: with tmux each call costs a process.
import {GtError, type SessionBackend} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {until} from '../../support/until.js'
import {doneFor, makeWorld, verdictOf, type World} from './support/world.js'

/** The backend's calls since the last time. */
function counting({backend}: World): () => string[] {
  const asked: string[] = []
  for (const name of ['list', 'inspect', 'view', 'views'] as const) {
    const method = backend[name] as ((...args: unknown[]) => Promise<never>) | undefined
    if (!method) continue
    Object.assign(backend, {
      [name]: (...args: unknown[]) => {
        asked.push(name)
        return method(...args)
      },
    } satisfies Partial<SessionBackend>)
  }
  return () => asked.splice(0)
}

async function threeWorkers(): Promise<World> {
  const world = makeWorld()
  for (const name of ['a', 'b', 'c']) await world.polecat(name).start()
  return world
}

test('Two calls when all screens are new, and one when none has changed', async () => {
  const world = await threeWorkers()
  const asked = counting(world)
  expect((await world.cycle()).polecats.map(({verdict}) => verdict)).toEqual([
    'healthy',
    'healthy',
    'healthy',
  ])
  expect(asked()).toEqual(['list', 'views'])
  // A screen that changed in the second of its snapshot is read again.
  await until('nothing new on any screen', async () => {
    await world.cycle()
    return asked().join() === 'list'
  })
})

test('A backend without views: each screen is read separately', async () => {
  const world = await threeWorkers()
  delete world.backend.views
  const asked = counting(world)
  await world.cycle()
  expect(asked()).toEqual(['list', 'view', 'view', 'view'])
})

test('No answer to that call: the workers are unknown, and nothing is done', async () => {
  const world = await threeWorkers()
  await world.cycle()
  // It has seen no screen, so that each must be read, however long ago it changed.
  world.restartPatrol()
  Object.assign(world.backend, {
    views: () => Promise.reject(new GtError('no answer', {code: 'BACKEND_UNAVAILABLE'})),
  })
  const asked = counting(world)
  const report = await world.cycle()
  expect([verdictOf(report, 'a'), doneFor(report, 'a'), asked()]).toEqual([
    'indeterminate',
    [],
    ['list', 'views'],
  ])
})
