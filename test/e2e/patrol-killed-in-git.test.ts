// The patrol is killed at calls of git. The cycles after that finish everything, once.
import {existsSync} from 'node:fs'
import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {recordFile} from '../../packages/workers/src/record.js'
import type {Polecat, World} from '../integration/patrol/support/world.js'
import {atEveryCall, callsOf, cycle, fastWorld} from './support/killed-patrol.js'

/** The folder of the one sandbox that was put away. */
async function only({rig}: World): Promise<string> {
  const folder = join(rig, 'polecats/.removed')
  const names = await readdir(folder)
  expect(names).toHaveLength(1)
  return join(folder, names[0] ?? '')
}

test('Killed at calls of git from the last look of the gate on: nothing is lost, and the sandbox goes in the end', async () => {
  const finished = (): [World, Polecat] => {
    const world = fastWorld()
    const times = {spawned_at: new Date(0).toISOString(), done_at: new Date(1000).toISOString()}
    const nux = world.polecat('nux', {exit: 'COMPLETED', ...times})
    nux.commit('work')
    nux.push()
    return [world, nux]
  }
  const calls = await callsOf('git', finished)
  // The tests of put-away kill it after each of its steps. Here every third call shows that the patrol goes on.
  await atEveryCall('git', {from: calls - 24, to: calls, step: 3}, finished, async (world, nux) => {
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
    const repository = join(world.rig, '.repo.git')
    expect(world.git(repository, 'rev-list', ...kept.split('\n'))).toContain(head)
    expect(world.git(join(await only(world), 'tree'), 'rev-parse', 'HEAD')).toBe(head)
  })
}, 300_000)
