// A nudge to a worker whose prompt has changed by the time of typing.
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {nudgeWorker} from '../../../src/patrol/act/nudge-worker.js'
import {expectationOf} from '../../../src/patrol/decide/row.js'
import {type FoundWorker, observeRig} from '../../../src/patrol/observe/observe-rig.js'
import type {Outcome} from '../../../src/patrol/report/outcome.js'
import {doneFor, MINUTE, makeWorld, type Polecat, type World} from './support/world.js'

/** A worker at its prompt, and a nudge to it with this time limit. */
async function worded(): Promise<[World, Polecat, (expiresMs: number) => Promise<Outcome>]> {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  const {services, ref} = world
  const {workers} = await observeRig(services, ref, {snapshots: new Map(), letters: [], mail: undefined})
  const worker = workers.get('nux') as FoundWorker
  const action = {kind: 'nudge', text: 'Please go on.', expect: expectationOf(worker)} as const
  const job = {services, ref, worker, signal: new AbortController().signal}
  return [world, nux, (expiresMs) => nudgeWorker(job, action, {waitMs: expiresMs + 2000, expiresMs})]
}

test.each(['draft half a thought', 'busy'])(
  'It shows %s: no word, and that counts for nothing',
  async (order) => {
    const [, nux, nudge] = await worded()
    await nux.tell(order)
    expect(await nudge(500)).toMatchObject({is: 'refused'})
    expect(existsSync(join(nux.log, 'bytes'))).toBe(false)
  },
)

test('A terminal shows it after the confirmation: no nudge', async () => {
  const [world, nux, nudge] = await worded()
  const {list} = world.backend
  world.backend.list = async () => {
    const sessions = await list()
    await nux.watch()
    return sessions
  }
  // Long enough to type into an empty prompt.
  expect(await nudge(4000)).toMatchObject({is: 'refused'})
  expect(existsSync(join(nux.log, 'bytes'))).toBe(false)
})

test('It ends while the nudge is typed: counts as an attempt', async () => {
  const [, nux, nudge] = await worded()
  await nux.tell('die-on-paste')
  expect(await nudge(20_000)).toMatchObject({is: 'failed'})
  expect(nux.submitted()).toEqual([])
})

test('Another worker has its name by then: no nudge', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  await world.cycle()
  world.beforeActing = () => nux.note({incarnation: 'nux-2'})
  expect(doneFor(await world.cycle(6 * MINUTE), 'nux')).toEqual(['nudge refused'])
  expect(nux.submitted()).toEqual([])
})
