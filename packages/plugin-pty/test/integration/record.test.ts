import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {testOddFile} from '../../../../test/support/odd-files.js'
import {sandbox} from '../../../../test/support/sandbox.js'
import {
  readPtyRecord,
  removePtyRecord,
  type SessionRecord,
  withNameLock,
  writePtyRecord,
} from '../../src/record.js'
import {recordOf} from '../support/fake-shim.js'

let dir: string
beforeEach(() => {
  dir = join(sandbox().dir, 'pty')
})

/** Writes the record; returns its file name. */
async function written(more: Partial<SessionRecord> = {}): Promise<string> {
  const before = readdirSync(dir)
  await writePtyRecord(dir, await recordOf(more))
  return readdirSync(dir).find((file) => !before.includes(file)) ?? ''
}

const unavailable = {code: 'BACKEND_UNAVAILABLE', liveness: 'unknown'}

test('readPtyRecord_FileThatIsAnotherSession’s: is an error', async () => {
  const [a, b] = [await written({name: 'a'}), await written({name: 'b'})]
  writeFileSync(join(dir, a), readFileSync(join(dir, b)))
  await expect(readPtyRecord(dir, 'a')).rejects.toMatchObject(unavailable)
})

test.each([
  ['a folder', (file: string) => mkdirSync(file)],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['cut', (file: string) => writeFileSync(file, '{"phase":')],
])('readPtyRecord_FileThatIs %s: is unknown, not absent', async (_, make) => {
  const file = join(dir, await written())
  rmSync(file)
  expect(await readPtyRecord(dir, 'a')).toBeUndefined()
  make(file)
  await expect(readPtyRecord(dir, 'a')).rejects.toMatchObject(unavailable)
})

test('removePtyRecord_AnEarlierLife: leaves the files of a later life', async () => {
  await written({id: 'later'})
  await removePtyRecord(dir, {name: 'a', id: 'earlier'})
  expect(await readPtyRecord(dir, 'a')).toMatchObject({id: 'later'})
})

test('removePtyRecord_WhileTheNameIsClaimed: waits, and leaves the new owner’s files', async () => {
  await written({id: 'earlier'})
  let removal: Promise<void> | undefined
  await withNameLock(dir, 'a', async () => {
    removal = removePtyRecord(dir, {name: 'a', id: 'earlier'})
    // Many times as long as it takes to remove a file.
    for (let looks = 0; looks < 50; looks++) await readPtyRecord(dir, 'a')
    expect(await readPtyRecord(dir, 'a')).toMatchObject({id: 'earlier'})
    await writePtyRecord(dir, await recordOf({id: 'later'}))
  })
  await removal
  expect(await readPtyRecord(dir, 'a')).toMatchObject({id: 'later'})
})

test('removePtyRecord_TemporaryFileOfAKilledWriter: is removed, too', async () => {
  const file = await written()
  writeFileSync(join(dir, `.${file}.half`), '{"pha')
  await removePtyRecord(dir, await recordOf())
  expect(readdirSync(dir)).toEqual([])
})

const whole: SessionRecord = {
  phase: 'running',
  owner: 'one',
  name: 'a',
  id: 'id',
  incarnation: 'one',
  agent: 'stamp',
  marker: 'marker',
  labels: {},
  createdAt: 1,
  environmentRoot: '/town',
  stopping: false,
  exit: {code: 0},
  screen: ['last words'],
}

testOddFile('the record of a session', {
  whole: {...whole},
  read: async (text) => {
    const {dir} = sandbox()
    await writePtyRecord(dir, whole)
    const [file = ''] = readdirSync(dir).filter((name) => name.endsWith('.json'))
    writeFileSync(join(dir, file), text)
    return await readPtyRecord(dir, 'a')
  },
  optional: ['marker', 'environmentRoot', 'exit', 'screen'],
  extras: 'kept',
})
