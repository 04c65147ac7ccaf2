import type {Town} from '@gtown/sdk'
import type {WorkerRef} from '@gtown/workers'
import {expect, test} from 'vitest'
import {parseAddress} from '../../src/name.js'
import {polecatRole} from '../../src/role.js'

const agentSettings = async () => []
const town: Town = {root: '/town', realRoot: '/real', agentSettings}
const rig = {name: 'alpha', path: '/town/alpha', town, workers: async () => [], agentSettings}
const nux: WorkerRef = {town, rig, name: 'nux'}

test('Typed messages have one line each, whatever the task', () => {
  const now = new Date(2026, 10, 22, 16, 36)
  for (const task of [null, 'one', 'one\ntwo']) {
    const [beacon, message = '', ...more] = polecatRole({task}).startupMessages(nux, now)
    expect(beacon).toBe('[GAS TOWN] alpha/nux <- witness • 2026-11-22T16:36 • assigned')
    expect(message).not.toContain('\n')
    expect(more).toEqual([])
  }
  const told = (task: string) => polecatRole({task}).startupMessages(nux, now)[1]
  expect(told('one')).toContain('The task: one')
  expect(told('one\ntwo')).toContain('gt polecat status alpha/nux')
})

test('The sandbox of today comes before that of long ago', () => {
  expect(polecatRole().workDirs(nux)).toEqual(['/town/alpha/polecats/nux/alpha', '/town/alpha/polecats/nux'])
})

test('What belongs to the role is written outside of every sandbox, and git looks for no repository above one', () => {
  expect(polecatRole().homeDir(nux)).toBe('/town/alpha/polecats')
  expect(polecatRole().env(nux)).toMatchObject({
    GIT_CEILING_DIRECTORIES: '/town',
    GT_POLECAT: 'nux',
    GT_RIG: 'alpha',
  })
  expect(polecatRole().sessionName(nux)).toBe('gt-alpha-nux')
})

test('An address is rig and name', () => {
  expect(parseAddress('alpha/nux')).toEqual({rig: 'alpha', name: 'nux'})
  expect(parseAddress('alpha/polecats/nux')).toEqual({rig: 'alpha', name: 'nux'})
  for (const address of ['nux', 'alpha/', '/nux', 'alpha/crew/nux', 'a/polecats/b/c', '']) {
    expect(() => parseAddress(address)).toThrow('is not the address of a polecat')
  }
})
