import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {push, pushed} from '../../../packages/workers/test/support/situations.js'
import {makeWorker, type Worker} from '../../../packages/workers/test/support/worker.js'
import {removeSandbox} from '../../../src/host/remove-sandbox.js'
import {interruptedProgram} from '../../support/substitute-program.js'

const remove = ({box, path}: Worker, {cwd = box.dir, base}: {cwd?: string; base?: string} = {}) =>
  removeSandbox({path, ...(base !== undefined && {base})}, {cwd, env: box.env})

test('a sandbox whose work is at the origin goes, and its commits are kept', async () => {
  const worker = pushed()
  const head = worker.git('rev-parse', 'HEAD')
  expect(await remove(worker)).toMatchObject({
    outcome: 'removed',
    archived: [`refs/gt-archive/${worker.branch}/${head}`],
  })
  expect(existsSync(worker.path)).toBe(false)
})

test.each<[string, (worker: Worker) => unknown, 'unsafe' | 'unknown']>([
  ['a commit that is nowhere else', (worker) => worker.commit('more'), 'unsafe'],
  ['a file that is not committed', (worker) => worker.write('draft', 'x'), 'unsafe'],
  [
    'an origin that does not answer',
    ({git, box}) => git('remote', 'set-url', 'origin', join(box.dir, 'gone')),
    'unknown',
  ],
])('with %s it stays', async (_, change, verdict) => {
  const worker = pushed()
  change(worker)
  expect(await remove(worker)).toMatchObject({outcome: 'refused', verdict, reasons: [expect.any(String)]})
  expect(existsSync(worker.path)).toBe(true)
})

test('nobody removes the ground under their own feet', async () => {
  const worker = pushed()
  expect(await remove(worker, {cwd: worker.path})).toMatchObject({outcome: 'refused', verdict: 'unsafe'})
  expect(existsSync(worker.path)).toBe(true)
})

test('work that is in the branch that it began from is saved', async () => {
  const worker = makeWorker()
  worker.commit('work')
  worker.git('push', '--quiet', 'origin', `${worker.branch}:release`)
  expect(await remove(worker)).toMatchObject({outcome: 'refused'})
  expect(await remove(worker, {base: 'release'})).toMatchObject({outcome: 'removed'})
})

test('the sandbox is locked from the first look to the end', async () => {
  const worker = makeWorker()
  worker.commit('work')
  push(worker)
  const {box, path} = worker
  const held = join(box.dir, 'held')
  const lock = join(dirname(path), '.rig.lock')
  const {folder} = interruptedProgram(box, 'git', {call: 1, by: `ls '${lock}' > '${held}'`})
  await removeSandbox({path}, {cwd: box.dir, env: {...box.env, PATH: `${folder}:${box.env.PATH}`}})
  expect(readFileSync(held, 'utf8')).toMatch(/\S/)
  expect(existsSync(lock)).toBe(false)
})
