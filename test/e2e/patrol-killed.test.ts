// The patrol is killed at every call of tmux: the cycles after that bring everything to its end, once.
import {expect, test} from 'vitest'
import type {Polecat, World} from '../integration/patrol/support/world.js'
import {atEveryCall, cycle, fastWorld} from './support/killed-patrol.js'

test('Killed at every call of tmux while it restarts a worker: it runs in the end, in its sandbox as it was', async () => {
  const crashed = (): [World, Polecat] => {
    const world = fastWorld()
    const nux = world.polecat('nux', {spawned_at: new Date(0).toISOString()})
    nux.commit('work')
    nux.write('dirty')
    return [world, nux]
  }
  await atEveryCall('tmux', {from: 1, to: 8}, crashed, async (world, nux) => {
    const before = nux.git('log', '--format=%s')
    await cycle(world)
    await cycle(world)
    expect(await nux.runs()).toBe(true)
    expect([nux.git('log', '--format=%s'), nux.git('status', '--porcelain')]).toEqual([before, '?? dirty'])
    expect(world.box.tmux('list-sessions', '-F', '#{session_name}')).toBe(`${nux.session}\n`)
  })
}, 300_000)
