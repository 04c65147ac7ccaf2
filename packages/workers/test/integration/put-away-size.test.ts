import {linkSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {measureRemoved} from '../../src/put-away/size.js'
import {away, back, contextOf, removedFolder} from '../support/put-away.js'
import {makeWorker, type Worker} from '../support/worker.js'

const MB = 1024 ** 2

const FOREVER = Number.POSITIVE_INFINITY

const measured = (worker: Worker, id: string, until = FOREVER) =>
  measureRemoved(contextOf(worker), {id, until})

it('Counts what a deletion frees: not a file with another name elsewhere, nor what a link leads to', async () => {
  const worker = makeWorker()
  const outside = join(worker.box.dir, 'outside')
  writeFileSync(outside, Buffer.alloc(8 * MB, 1))
  linkSync(outside, join(worker.path, 'hard'))
  symlinkSync(worker.box.dir, join(worker.path, 'soft'))
  worker.write('a/b/own', 'x'.repeat(3 * MB))
  writeFileSync(Buffer.concat([Buffer.from(`${worker.path}/a/`), Buffer.from([0xff])]), Buffer.alloc(MB, 1))
  const {id} = await away(worker)
  const bytes = (await measured(worker, id)) ?? 0
  expect(bytes).toBeGreaterThanOrEqual(4 * MB)
  expect(bytes).toBeLessThan(5 * MB)
})

it('Goes on where it was interrupted, and measures nothing twice', async () => {
  const worker = makeWorker()
  for (const name of ['a', 'b', 'c']) worker.write(`${name}/file`, 'x'.repeat(MB))
  const {id} = await away(worker)
  expect(await measured(worker, id, 0)).toBeUndefined()
  const whole = await measured(worker, id)
  const file = join(removedFolder(worker), id, 'size.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({version: 1, bytes: whole, waiting: []})
  const half = {version: 1, bytes: 7, waiting: ['b']}
  writeFileSync(file, JSON.stringify(half))
  const rest = (await measured(worker, id)) ?? 0
  expect(rest).toBeGreaterThanOrEqual(MB + 7)
  expect(rest).toBeLessThan(2 * MB)
  expect(await measured(worker, id, 0)).toBe(rest)
})

it('A damaged file is measured anew, and does not prevent a restore', async () => {
  const worker = makeWorker()
  const {id} = await away(worker)
  const whole = await measured(worker, id)
  writeFileSync(join(removedFolder(worker), id, 'size.json'), '{"version": 1, "by')
  expect(await measured(worker, id)).toBe(whole)
  await back(worker, id)
})
