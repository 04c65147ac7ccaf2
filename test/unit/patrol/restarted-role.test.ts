import {mkdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {oldSandbox, withRecordLock, writeRecord} from '@gtown/workers'
import {expect, test} from 'vitest'
import {RECORD} from '../../../packages/workers/test/support/odd-records.js'
import {restartedRole} from '../../../src/patrol/act/restarted-role.js'
import type {FoundWorker} from '../../../src/patrol/observe/observe-rig.js'
import {alphaRef} from '../../support/refs.js'
import {sandbox} from '../../support/sandbox.js'

test('Started again only where its sandbox stays, in the life of the name that was seen', async () => {
  const {rig, town} = alphaRef()
  const ref = {town, rig: {...rig, path: join(sandbox().dir, 'alpha')}}
  const place = {...ref, name: 'nux'}
  const path = oldSandbox(place)
  mkdirSync(join(path, '.git'), {recursive: true})
  await withRecordLock(place, () => writeRecord(place, RECORD))
  const enter = (record: FoundWorker['record']) => {
    const worker = {
      name: 'nux',
      record,
      signals: {work: {value: 'open', source: 'hook'}},
    } as unknown as FoundWorker
    return restartedRole(worker, path).guardWorkDir?.(place, path, async () => 'made')
  }
  expect(await enter(RECORD)).toBe('made')
  await expect(enter({...RECORD, incarnation: 'earlier'})).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  rmSync(path, {recursive: true})
  for (const record of [RECORD, undefined]) {
    await expect(enter(record)).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  }
})
