import {existsSync, mkdirSync, readdirSync, renameSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {makeStamp} from '@gtown/sdk/files'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {removeHome} from '../../src/remove-home.js'

test('removeHome: removes an empty folder; otherwise it stays and its entries are returned', async () => {
  const place = {rig: {name: 'alpha', path: sandbox().dir}, name: 'nux'}
  const home = join(place.rig.path, 'polecats/nux')
  expect(await removeHome(place)).toEqual([])
  mkdirSync(home, {recursive: true})
  writeFileSync(join(home, 'notes'), 'mine\n')
  expect(await removeHome(place)).toEqual(['notes'])
  expect(readdirSync(home)).toEqual(['notes'])
})

test('removeHome: the lock of a killed command does not keep the folder, that of a living one does', async () => {
  const place = {rig: {name: 'alpha', path: sandbox().dir}, name: 'nux'}
  const home = join(place.rig.path, 'polecats/nux')
  const lock = join(home, '.alpha.lock')
  mkdirSync(lock, {recursive: true})
  writeFileSync(join(lock, await makeStamp()), '')
  expect(await removeHome(place)).toEqual(['.alpha.lock'])
  const dead = (await makeStamp()).replace(/^\d+\.\d+/, '1.1')
  for (const claim of readdirSync(lock)) renameSync(join(lock, claim), join(lock, dead))
  expect(await removeHome(place)).toEqual([])
  expect(existsSync(home)).toBe(false)
})
