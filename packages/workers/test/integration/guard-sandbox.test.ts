import {mkdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {whileSandboxStays} from '../../src/guard-sandbox.js'
import {withRecordLock, writeRecord} from '../../src/record.js'
import {newSandbox, oldSandbox} from '../../src/sandbox.js'
import {putRecord, RECORD, UNUSABLE} from '../support/odd-records.js'

function worker(incarnation?: string) {
  const place = {rig: {name: 'alpha', path: join(sandbox().dir, 'alpha')}, name: 'nux'}
  mkdirSync(join(newSandbox(place), '.git'), {recursive: true})
  let entered = 0
  const enter = () => whileSandboxStays(place, {path: newSandbox(place), incarnation}, async () => ++entered)
  return {place, enter, entered: () => entered}
}

test('Nobody removes the sandbox while the work is done: it waits for whoever does', async () => {
  const {place, enter, entered} = worker()
  const steps: string[] = []
  const begun = Promise.withResolvers<void>()
  const waits = Promise.withResolvers<void>()
  const removal = withRecordLock(place, async () => {
    steps.push('removal begins')
    begun.resolve()
    await waits.promise
    rmSync(oldSandbox(place), {recursive: true})
    steps.push('removed')
  })
  await begun.promise
  const refused = enter()
  setImmediate(waits.resolve)
  await expect(refused).rejects.toMatchObject({
    code: 'SANDBOX_GONE',
    message: 'the sandbox of alpha/nux was removed by somebody else',
  })
  await removal
  expect(steps).toEqual(['removal begins', 'removed'])
  expect(entered()).toBe(0)
})

test('Another sandbox of the name is not the one that was meant', async () => {
  const {place, enter, entered} = worker()
  rmSync(newSandbox(place), {recursive: true})
  mkdirSync(join(oldSandbox(place), '.git'))
  await expect(enter()).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  expect(entered()).toBe(0)
})

test('A later life of the name, or none, is not the one that was meant; a record nobody can read may be', async () => {
  const {place, enter, entered} = worker(RECORD.incarnation)
  await expect(enter()).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  await withRecordLock(place, () => writeRecord(place, {...RECORD, incarnation: 'a-later-life'}))
  await expect(enter()).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  expect(entered()).toBe(0)
  await withRecordLock(place, () => writeRecord(place, RECORD))
  expect(await enter()).toBe(1)
  const [[, put] = [] as never] = UNUSABLE
  putRecord(place.rig.path, put)
  expect(await enter()).toBe(2)
})
