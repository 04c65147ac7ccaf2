import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {removeHome, removeIfSafe} from '../../src/remove.js'
import {pushed} from '../support/situations.js'
import {makeWorker, requestFor} from '../support/worker.js'

describe('removeIfSafe', () => {
  test('Safe and at the decided commit: removed', async () => {
    const worker = pushed()
    const head = worker.git('rev-parse', 'HEAD')
    expect(await removeIfSafe({...requestFor(worker), head})).toMatchObject({outcome: 'removed'})
    expect(existsSync(worker.path)).toBe(false)
  })

  test('At another commit: stays, safe or not', async () => {
    const worker = pushed()
    const request = {...requestFor(worker), head: 'a'.repeat(40)}
    expect(await removeIfSafe(request)).toEqual({
      outcome: 'refused',
      verdict: 'unsafe',
      reasons: ['its HEAD has moved'],
    })
    expect(existsSync(worker.path)).toBe(true)
  })

  test('Unsafe or unknown: stays', async () => {
    const worker = makeWorker()
    worker.commit('work')
    expect(await removeIfSafe(requestFor(worker))).toMatchObject({outcome: 'refused', verdict: 'unsafe'})
    const request = requestFor(pushed(), {mergeRequest: 'unknown'})
    expect(await removeIfSafe(request)).toMatchObject({outcome: 'refused', verdict: 'unknown'})
    expect([existsSync(worker.path), existsSync(request.path)]).toEqual([true, true])
  })
})

test('removeHome: removes an empty folder; otherwise it stays and its entries are returned', async () => {
  const place = {rig: {name: 'alpha', path: sandbox().dir}, name: 'nux'}
  const home = join(place.rig.path, 'polecats/nux')
  expect(await removeHome(place)).toEqual([])
  mkdirSync(home, {recursive: true})
  writeFileSync(join(home, 'notes'), 'mine\n')
  expect(await removeHome(place)).toEqual(['notes'])
  expect(readdirSync(home)).toEqual(['notes'])
})
