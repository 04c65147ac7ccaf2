import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {testOddFile} from '../../../../test/support/odd-files.js'
import {sandbox} from '../../../../test/support/sandbox.js'
import type {WorkerPlace} from '../../src/place.js'
import {
  readRecord,
  recordedWorkers,
  recordFile,
  removeRecord,
  withRecordLock,
  writeRecord,
} from '../../src/record.js'
import {NO_FILE, putRecord, RECORD, UNUSABLE, USABLE} from '../support/odd-records.js'

function worker(): WorkerPlace {
  const path = join(sandbox().dir, 'alpha')
  mkdirSync(path)
  return {rig: {name: 'alpha', path}, name: 'nux'}
}

test('Written, then read: the same; none: absent', async () => {
  const place = worker()
  expect(await readRecord(place)).toEqual({is: 'absent'})
  const done = {...RECORD, exit: 'DEFERRED', head: 'abc', done_at: RECORD.spawned_at} as const
  await withRecordLock(place, () => writeRecord(place, done))
  expect(await readRecord(place)).toEqual({is: 'present', record: done})
})

test.each(UNUSABLE)('%s: unreadable; set aside only on request', async (_, put) => {
  const place = worker()
  putRecord(place.rig.path, put)
  const file = recordFile(place)
  const text = readFileSync(file, 'utf8')
  expect(await readRecord(place)).toEqual({is: 'unreadable', reason: expect.stringContaining(file)})
  expect(readFileSync(file, 'utf8')).toBe(text)
  const setAside = expect.stringContaining(`${file}.unusable-`)
  expect(await readRecord(place, {setAside: true})).toMatchObject({is: 'unreadable', setAside})
  expect(existsSync(file)).toBe(false)
  const [aside = ''] = readdirSync(dirname(file))
  expect(readFileSync(join(dirname(file), aside), 'utf8')).toBe(text)
})

test.each(NO_FILE)('%s: unreadable, and it stays', async (_, put) => {
  const place = worker()
  putRecord(place.rig.path, put)
  const before = readdirSync(dirname(recordFile(place)))
  const reason = expect.stringContaining(`cannot read ${recordFile(place)}`)
  expect(await readRecord(place, {setAside: true})).toEqual({is: 'unreadable', reason})
  expect(readdirSync(dirname(recordFile(place)))).toEqual(before)
})

test.each(USABLE)('%s: usable, and nothing is set aside', async (_, put, is) => {
  const place = worker()
  putRecord(place.rig.path, put)
  const before = readdirSync(dirname(recordFile(place)))
  expect(await readRecord(place, {setAside: true})).toMatchObject({is})
  expect(readdirSync(dirname(recordFile(place)))).toEqual(before)
})

test('Optional keys that are not text are left out, and so are unknown keys', async () => {
  const place = worker()
  const known = {...RECORD, exit: 'COMPLETED', head: 'abc', merge_request: 'open'} as const
  const put = (record: object) =>
    putRecord(place.rig.path, (file) => writeFileSync(file, JSON.stringify(record)))
  put({...known, agent: 7, more: 1})
  expect(await readRecord(place)).toEqual({is: 'present', record: known})
  put({...RECORD, agent: 7, head: 7, merge_request: 7})
  expect(await readRecord(place)).toEqual({is: 'present', record: RECORD})
})

test('Times in milliseconds are returned as ISO 8601', async () => {
  const place = worker()
  const odd = {...RECORD, spawned_at: 1000, done_at: 2000}
  putRecord(place.rig.path, (file) => writeFileSync(file, JSON.stringify(odd)))
  const record = {...RECORD, spawned_at: '1970-01-01T00:00:01.000Z', done_at: '1970-01-01T00:00:02.000Z'}
  expect(await readRecord(place)).toEqual({is: 'present', record})
})

test('recordedWorkers: lists usable and unusable records, and no other file', async () => {
  const place = worker()
  expect(await recordedWorkers(place.rig)).toEqual([])
  await withRecordLock(place, () => writeRecord(place, RECORD))
  putRecord(place.rig.path, (file) => {
    for (const name of [file, `${file}.unusable-1`, join(dirname(file), '.toast.json.lock')])
      writeFileSync(name, '{')
  })
  expect(await recordedWorkers(place.rig)).toEqual(['nux'])
})

test('Written: only its owner can read it. Removed: removing it again is no error', async () => {
  const place = worker()
  await withRecordLock(place, async () => {
    await writeRecord(place, RECORD)
    expect(statSync(recordFile(place)).mode & 0o777).toBe(0o600)
    await removeRecord(place)
    await removeRecord(place)
  })
  expect(existsSync(recordFile(place))).toBe(false)
})

test('A link in place of the folder is not followed', async () => {
  const place = worker()
  const elsewhere = join(place.rig.path, '../elsewhere')
  mkdirSync(elsewhere)
  symlinkSync(elsewhere, join(place.rig.path, '.runtime'))
  await expect(withRecordLock(place, async () => {})).rejects.toMatchObject({code: 'UNWRITABLE'})
})

testOddFile('the record of a worker', {
  whole: {
    ...RECORD,
    agent: 'claude',
    exit: 'COMPLETED',
    head: 'abc',
    done_at: RECORD.spawned_at,
    merge_request: 'open',
  },
  read: async (text) => {
    const place = worker()
    putRecord(place.rig.path, (file) => writeFileSync(file, text))
    const read = await readRecord(place)
    return read.is === 'present' ? read.record : undefined
  },
  lenient: ['agent', 'head', 'merge_request'],
  optional: ['exit', 'done_at'],
  extras: 'left out',
})
