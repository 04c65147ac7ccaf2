// The patrol is killed at every call of git: the cycles after that bring everything to its end, once.
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {recordFile} from '../../packages/workers/src/record.js'
import type {Polecat, World} from '../integration/patrol/support/world.js'
import {atEveryCall, callsOf, cycle, fastWorld} from './support/killed-patrol.js'

test('Killed at every call of git from the last look of the gate on: nothing is lost, and the sandbox goes in the end', async () => {
  const finished = (): [World, Polecat] => {
    const world = fastWorld()
    const times = {spawned_at: new Date(0).toISOString(), done_at: new Date(1000).toISOString()}
    const nux = world.polecat('nux', {exit: 'COMPLETED', ...times})
    nux.commit('work')
    nux.push()
    return [world, nux]
  }
  const calls = await callsOf('git', finished)
  await atEveryCall('git', {from: calls - 10, to: calls}, finished, async (world, nux) => {
    const head = world.git(world.origin, 'rev-parse', nux.branch)
    if (nux.isThere()) expect(nux.git('rev-parse', 'HEAD')).toBe(head)
    await cycle(world)
    await cycle(world)
    expect([
      nux.isThere(),
      existsSync(recordFile({rig: {name: 'alpha', path: world.rig}, name: 'nux'})),
    ]).toEqual([false, false])
    const kept = world.git(
      join(world.rig, '.repo.git'),
      'for-each-ref',
      '--format=%(objectname)',
      'refs/gt-archive',
    )
    expect(kept).toBe(head)
  })
}, 300_000)
