import {spawn} from 'node:child_process'
import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {linuxProcesses} from '../../src/scan-linux.js'
import {newCanary} from '../support/canary.js'
import {fixture} from '../support/sessions.js'

test('scan_process that lives on in a new one every 20 ms: each scan shows it', async () => {
  const marker = newCanary()
  const parent = spawn(fixture('comet.pl'), [marker, '20000'], {env: {...process.env, GT_SESSION_ID: marker}})
  const isComet = (entry: {pid: number; marker: string | undefined}) =>
    entry.marker === marker && entry.pid !== parent.pid
  const showsIt = () => [...linuxProcesses.scan().processes.values()].some(isComet)
  await until('its first life', showsIt)

  expect(Array.from({length: 100}, showsIt)).not.toContain(false)
})
