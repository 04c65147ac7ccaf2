import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {sessionProcesses} from '../../src/index.js'
import {carriers, newCanary} from '../support/canary.js'
import {startIdle} from '../support/programs.js'
import {openTrees} from '../support/sessions.js'

/** A pid that no process has. */
const NOBODY = 2 ** 22 + 1

test('Exactly the processes of the session, also those that left its tree', async () => {
  const {start, canary, target} = openTrees()
  start('setsid-child.sh')
  await until('the tree', () => carriers(canary).length === 2)
  expect([...(await sessionProcesses(target(), 'town/victim/'))].sort()).toEqual(carriers(canary).sort())
})

test('Without a session: what an earlier one left behind, and of no other agent', async () => {
  const town = newCanary()
  const env = (agent: string) => ({GT_SESSION_ID: `${town}/${agent}/1`, TMUX: `/tmp/tmux,${NOBODY},0`})
  const [mine, other] = [startIdle(env('a')), startIdle(env('b'))]
  const found = () => sessionProcesses(undefined, `${town}/a/`)
  await until('the stray', async () => (await found()).size > 0)
  expect([...(await found())]).toEqual([mine.pid])
  expect([...(await sessionProcesses(undefined, `${town}/b/`))]).toEqual([other.pid])
})
