import {GtError} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {observeWitnesses} from '../../src/watch/observation.js'
import {openWatch} from '../../src/watch/watch.js'
import {type Witness, watched} from '../support/watched.js'

/** What is seen of one witness. */
async function seen(witness: Partial<Witness>) {
  const {watch} = watched({alpha: witness})
  const [observation] = await observeWitnesses(watch.host, watch.witness, await watch.host.rigs())
  return observation
}

const operational = {standing: 'operational', intervalMs: 30_000, keepRemovedDays: 14} as const
const lastCycle = {at: '2026-01-20T12:00:00Z', tookMs: 90_000}

test.each<[string, Partial<Witness>, object]>([
  ['one that is well', {}, {is: 'seen', desired: true, frozen: false, attached: false, incarnation: 'one'}],
  ['one that was stopped on purpose', {desired: false, liveness: 'absent'}, {desired: false}],
  ['a frozen process', {process: 'stopped'}, {frozen: true}],
  ['a process that has ended', {process: 'ended', liveness: 'dead'}, {frozen: false, liveness: 'dead'}],
  ['one that a terminal shows', {attached: 1}, {attached: true}],
  ['a stop that has begun', {stopping: true}, {stopping: true}],
  ['a patrol', {kind: 'patrol'}, {patrol: {cycleMs: 30_000}}],
  [
    'a patrol whose cycles take longer than its interval',
    {kind: 'patrol', patrol: {...operational, lastCycle}},
    {patrol: {cycleMs: 90_000, lastCycleAt: lastCycle.at}},
  ],
])('%s: is seen as such', async (_, witness, expected) => {
  expect(await seen(witness)).toMatchObject(expected)
})

test('an agent that tells no cycles has none, whatever a patrol left', async () => {
  expect(await seen({patrol: {...operational, lastCycle}})).not.toHaveProperty('patrol')
})

test('one that cannot be told is unknown, in one line, and takes no other down', async () => {
  const error = new GtError('tmux is silent\nand more', {code: 'BACKEND_UNAVAILABLE'})
  const {watch} = watched({alpha: {error}, beta: {patrolError: error}, gamma: {}})
  const observations = await observeWitnesses(watch.host, watch.witness, await watch.host.rigs())
  expect(observations).toMatchObject([
    {rig: 'alpha', is: 'unknown', why: 'tmux is silent'},
    {rig: 'beta', is: 'unknown', why: 'tmux is silent'},
    {rig: 'gamma', is: 'seen'},
  ])
})

test('a fault of the program itself is no unknown', async () => {
  await expect(seen({patrolError: new TypeError('a bug')})).rejects.toThrow('a bug')
})

test('the watch is over the witness of a rig, and there is none where gt offers none', async () => {
  const {watch} = watched({})
  const roles = [
    {name: 'deacon', scope: 'town'},
    {name: 'refinery', scope: 'rig'},
    {name: 'witness', scope: 'rig'},
  ]
  const offering = (offered: object[]) => ({...watch.host, roles: async () => offered}) as typeof watch.host
  expect((await openWatch(offering(roles), watch.town, watch.warn)).witness).toBe(roles[2])
  await expect(openWatch(offering(roles.slice(0, 2)), watch.town, watch.warn)).rejects.toMatchObject({
    code: 'NO_WITNESS',
  })
})
