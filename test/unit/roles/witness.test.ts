import {expect, test} from 'vitest'
import {rigTheme} from '../../../src/roles/theme.js'
import {witness} from '../../../src/roles/witness.js'
import {alphaRef} from '../../support/refs.js'

test('the first startup message carries the local time to the minute', () => {
  const [first, second] = witness.startupMessages(alphaRef(), new Date(2026, 10, 2, 6, 3, 59))
  expect(first).toBe('[GAS TOWN] alpha/witness <- deacon • 2026-11-02T06:03 • patrol')
  expect(second).toBe('Run `gt prime` to check patrol status and begin work.')
})

test('a rig has the colours that the original gave it', () => {
  expect(rigTheme('alpha')).toEqual({background: '#722f37', foreground: '#f5f5dc'})
})

test('the session runs in witness/rig, else witness, else the rig', () => {
  expect(witness.workDirs(alphaRef())).toEqual([
    '/town/alpha/witness/rig',
    '/town/alpha/witness',
    '/town/alpha',
  ])
})
