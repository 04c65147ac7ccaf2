import type {TerminalView} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {isSameScreen, pasted, pressed} from '../../src/shim/keys.js'

const modes = (bracketedPaste: boolean, applicationCursorKeys = false) => ({
  bracketedPaste,
  applicationCursorKeys,
})

test.each([
  ['one\ntwo', true, '\x1b[200~one\rtwo\x1b[201~'],
  ['one\ntwo', false, 'one\rtwo'],
  ['\0', true, ''],
])('pasted_%j, marked %s: is %j', (text, marked, expected) => {
  expect(pasted(text, modes(marked))).toBe(expected)
})

test.each([
  ['Enter', true, '\r'],
  ['Up', false, '\x1b[A'],
  ['Down', false, '\x1b[B'],
  ['Up', true, '\x1bOA'],
  ['Down', true, '\x1bOB'],
] as const)('pressed_%s, application keys %s: is %j', (key, application, expected) => {
  expect(pressed(key, modes(false, application))).toBe(expected)
})

const view: TerminalView = {
  at: 0,
  columns: 80,
  rows: [],
  styledRows: [],
  cursor: {column: 2, row: 3, visible: true},
  title: 'a',
  command: '',
  alternateScreen: false,
  inMode: false,
}

test('isSameScreen_OnlyTimeAndTextDiffer: is the same', () => {
  expect(isSameScreen({...view, at: 1, rows: ['x'], command: 'sh'}, view)).toBe(true)
})

const others: Partial<TerminalView>[] = [
  {cursor: {column: 1, row: 3, visible: true}},
  {cursor: {column: 2, row: 1, visible: true}},
  {cursor: {column: 2, row: 3, visible: false}},
  {title: 'b'},
  {alternateScreen: true},
]
test.each(others)('isSameScreen_%j: is another screen', (other) => {
  expect(isSameScreen({...view, ...other}, view)).toBe(false)
})
