import {spawn} from 'node:child_process'
import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {linuxProcesses} from '../../src/scan-linux.js'
import {newCanary} from '../support/canary.js'
import {startIdle} from '../support/programs.js'
import {fixture} from '../support/sessions.js'

test('scan_process that replaces itself every 20 ms: each scan shows it', async () => {
  const marker = newCanary()
  const parent = spawn(fixture('comet.pl'), [marker, '20000'], {env: {...process.env, GT_SESSION_ID: marker}})
  const isComet = (entry: {pid: number; marker: string | undefined}) =>
    entry.marker === marker && entry.pid !== parent.pid
  const showsIt = () => [...linuxProcesses.scan().processes.values()].some(isComet)
  await until('its first life', showsIt)

  expect(Array.from({length: 100}, showsIt)).not.toContain(false)
})

test.for([
  ['of its own', {GT_SESSION_ID: 'town/a/1'}, 'town/a/1'],
  ['that is empty', {GT_SESSION_ID: ''}, undefined],
  ['in a variable of a like name', {OLD_GT_SESSION_ID: 'town/b/1', GT_SESSION_ID: ''}, undefined],
] as const)('scan_process with a marker %s: has it, or none', async ([, env, marker]) => {
  const {pid} = startIdle(env)
  const word = 'idle.pl'
  const runs = () => linuxProcesses.commandOf(pid).includes(word)
  await until('the program to run', runs)

  expect(linuxProcesses.scan().processes.get(pid)?.marker).toBe(marker)
})
