import {expect, test} from 'vitest'
import {rigTheme} from '../../../src/roles/theme.js'
import {witness} from '../../../src/roles/witness.js'
import {alphaRef} from '../../support/refs.js'

test('the first startup message carries the local time to the minute', () => {
  const [first, second] = witness.startupMessages(alphaRef(), new Date(2026, 10, 2, 6, 3, 59))
  expect(first).toBe('[GAS TOWN] alpha/witness <- deacon • 2026-11-02T06:03 • patrol')
  expect(second).toBe('Run `gt prime` to check patrol status and begin work.')
})

test('a rig has the original’s colours', () => {
  expect(rigTheme('alpha')).toEqual({background: '#722f37', foreground: '#f5f5dc'})
})

test('the session runs in witness/rig, else witness, else the rig', () => {
  expect(witness.workDirs(alphaRef())).toEqual([
    '/town/alpha/witness/rig',
    '/town/alpha/witness',
    '/town/alpha',
  ])
})

test('the session’s environment names its owner, and git in it finds no repository above the town', () => {
  expect(witness.env(alphaRef())).toEqual({
    BD_ACTOR: 'alpha/witness',
    GIT_AUTHOR_NAME: 'alpha/witness',
    GIT_CEILING_DIRECTORIES: '/town',
    GT_RIG: 'alpha',
    GT_ROLE: 'witness',
    GT_ROOT: '/town',
    GT_SCOPE: 'rig',
  })
  expect(witness.sessionName(alphaRef())).toBe('gt-alpha-witness')
})

test('it gets a grace period between SIGTERM and SIGKILL', () => {
  expect(witness.stopGraceMs).toBe(5000)
})
