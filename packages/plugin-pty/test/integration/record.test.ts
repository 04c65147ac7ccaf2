import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {readRecord, removeRecord, type SessionRecord, withNameLock, writeRecord} from '../../src/record.js'
import {recordOf} from '../support/fake-shim.js'

let dir: string
beforeEach(() => {
  dir = join(sandbox().dir, 'pty')
})

/** Writes the record; returns the name of its file. */
async function written(more: Partial<SessionRecord> = {}): Promise<string> {
  const before = readdirSync(dir)
  await writeRecord(dir, await recordOf(more))
  return readdirSync(dir).find((file) => !before.includes(file)) ?? ''
}

const unavailable = {code: 'BACKEND_UNAVAILABLE', liveness: 'unknown'}

test('readRecord_FileThatIsAnotherSession’s: is an error', async () => {
  const [a, b] = [await written({name: 'a'}), await written({name: 'b'})]
  writeFileSync(join(dir, a), readFileSync(join(dir, b)))
  await expect(readRecord(dir, 'a')).rejects.toMatchObject(unavailable)
})

test.each([
  ['a folder', (file: string) => mkdirSync(file)],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['cut', (file: string) => writeFileSync(file, '{"phase":')],
])('readRecord_FileThatIs %s: is unknown, not absent', async (_, make) => {
  const file = join(dir, await written())
  rmSync(file)
  expect(await readRecord(dir, 'a')).toBeUndefined()
  make(file)
  await expect(readRecord(dir, 'a')).rejects.toMatchObject(unavailable)
})

test('removeRecord_AnEarlierLife: leaves what is a later one’s', async () => {
  await written({id: 'later'})
  await removeRecord(dir, {name: 'a', id: 'earlier'})
  expect(await readRecord(dir, 'a')).toMatchObject({id: 'later'})
})

test('removeRecord_WhileSomebodyClaimsTheName: waits, and leaves what is theirs', async () => {
  await written({id: 'earlier'})
  let removal: Promise<void> | undefined
  await withNameLock(dir, 'a', async () => {
    removal = removeRecord(dir, {name: 'a', id: 'earlier'})
    // Many times as long as it takes to remove a file.
    for (let looks = 0; looks < 50; looks++) await readRecord(dir, 'a')
    expect(await readRecord(dir, 'a')).toMatchObject({id: 'earlier'})
    await writeRecord(dir, await recordOf({id: 'later'}))
  })
  await removal
  expect(await readRecord(dir, 'a')).toMatchObject({id: 'later'})
})

test('removeRecord_HalfOfAKilledWriter: goes with it', async () => {
  const file = await written()
  writeFileSync(join(dir, `.${file}.half`), '{"pha')
  await removeRecord(dir, await recordOf())
  expect(readdirSync(dir)).toEqual([])
})
