import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
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
