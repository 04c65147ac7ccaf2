import {existsSync, mkdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {
  type PolecatRecord,
  readRecord,
  recordFile,
  removeRecord,
  withRecordLock,
  writeRecord,
} from '../../src/record.js'
import type {PolecatRef} from '../../src/role.js'

const RECORD: PolecatRecord = {
  version: 1,
  name: 'nux',
  incarnation: 'ab12',
  task: null,
  branch: 'polecat/nux-1',
  base: 'main',
  spawned_at: '2026-11-22T16:36:00.000Z',
}

function worker(): PolecatRef {
  const root = sandbox().dir
  const agentSettings = async () => []
  const town = {root, realRoot: root, agentSettings}
  const path = join(root, 'alpha')
  mkdirSync(path)
  return {town, rig: {name: 'alpha', path, town, workers: async () => [], agentSettings}, name: 'nux'}
}

async function reading(ref: PolecatRef) {
  const warnings: string[] = []
  return {record: await readRecord(ref, (message) => warnings.push(message)), warnings}
}

test('Written, then read: the same; none: undefined', async () => {
  const ref = worker()
  expect(await reading(ref)).toEqual({record: undefined, warnings: []})
  const done = {...RECORD, exit: 'DEFERRED', head: 'abc', done_at: RECORD.spawned_at} as const
  await withRecordLock(ref, () => writeRecord(ref, done))
  expect(await reading(ref)).toEqual({record: done, warnings: []})
})

test.each([
  ['{"version": 1'],
  ['null'],
  [JSON.stringify({...RECORD, version: 2})],
  [JSON.stringify({...RECORD, name: 'toast'})],
  [JSON.stringify({...RECORD, exit: 'SOON'})],
  [JSON.stringify({...RECORD, base: null})],
  [JSON.stringify({...RECORD, base: ''})],
  [JSON.stringify({...RECORD, incarnation: undefined})],
  [JSON.stringify({...RECORD, incarnation: ''})],
  [JSON.stringify({...RECORD, branch: 7})],
  [JSON.stringify({...RECORD, task: 7})],
  [JSON.stringify({...RECORD, task: undefined})],
  [JSON.stringify({...RECORD, version: '1'})],
  [JSON.stringify([RECORD])],
  [JSON.stringify({...RECORD, spawned_at: 'yesterday'})],
])('%s is set aside and named', async (text) => {
  const ref = worker()
  await withRecordLock(ref, async () => writeFileSync(recordFile(ref), text))
  const {record, warnings} = await reading(ref)
  expect(record).toBeUndefined()
  expect(warnings).toEqual([expect.stringContaining(`${recordFile(ref)} cannot be used`)])
  expect(existsSync(recordFile(ref))).toBe(false)
})

test('What beside the end of the work is no text or no time is left out', async () => {
  const ref = worker()
  const odd = {...RECORD, agent: 7, exit: 'COMPLETED', head: 7, done_at: 'yesterday', more: 1}
  await withRecordLock(ref, async () => writeFileSync(recordFile(ref), JSON.stringify(odd)))
  expect(await reading(ref)).toEqual({record: {...RECORD, exit: 'COMPLETED'}, warnings: []})
})

test('Written, it is for its owner only; removed, it may be removed again', async () => {
  const ref = worker()
  await withRecordLock(ref, async () => {
    await writeRecord(ref, RECORD)
    expect(statSync(recordFile(ref)).mode & 0o777).toBe(0o600)
    await removeRecord(ref)
    await removeRecord(ref)
  })
  expect(existsSync(recordFile(ref))).toBe(false)
})

test('A link in place of the folder is not followed', async () => {
  const ref = worker()
  mkdirSync(join(ref.town.root, 'elsewhere'))
  symlinkSync(join(ref.town.root, 'elsewhere'), join(ref.rig.path, '.runtime'))
  await expect(withRecordLock(ref, async () => {})).rejects.toMatchObject({code: 'UNWRITABLE'})
})
