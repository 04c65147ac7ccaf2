import type {SessionSpec} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {quiet} from '../../../plugin-tmux/test/support/world.js'
import {environmentOf} from '../../src/birth.js'

const environment = (more: Partial<SessionSpec>, base: NodeJS.ProcessEnv = {}) =>
  environmentOf(quiet('a', more), base, '/socket')

test('environmentOf_TerminalOfGt: none of its variables, nor its session’s marker', () => {
  const base = {KEPT: 'x', TMUX: 'x', TMUX_PANE: 'x', COLUMNS: '9', TERM: 'dumb', GT_SESSION_ID: 'town/b/1'}
  expect(environment({}, base)).toEqual({
    KEPT: 'x',
    GT_SESSION_ID: 'infra',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    PWD: '/',
    GT_PTY_SOCKET: '/socket',
  })
})

test('environmentOf_GivenVariables: override all but the shim’s socket', () => {
  const env = {GT_SESSION_ID: 'town/a/1', TERM: 'given', GT_PTY_SOCKET: '/other'}
  expect(environment({env}, {GT_PTY_SOCKET: '/outer'})).toMatchObject({...env, GT_PTY_SOCKET: '/socket'})
})

test('environmentOf_UnsetEnv: is absent', () => {
  const found = environment({unsetEnv: ['SECRET', 'COLORTERM']}, {SECRET: 'x'})
  expect(Object.keys(found)).toEqual(['GT_SESSION_ID', 'TERM', 'PWD', 'GT_PTY_SOCKET'])
})
