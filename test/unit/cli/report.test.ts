import {GtError, usageError} from '@gtown/sdk'
import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {report} from '../../../src/cli/report.js'

const written = {stdout: '', stderr: ''}
beforeEach(() => {
  for (const name of ['stdout', 'stderr'] as const) {
    written[name] = ''
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += text
      return true
    })
  }
})
afterEach(() => vi.restoreAllMocks())

const lost = new GtError('it is lost', {code: 'LOST', hint: 'Look for it.'})
const quiet = {json: false, debug: undefined}

test.each([
  ['an error of ours', lost, 1],
  ['a wrong use', usageError('no such flag'), 2],
  ['an error that nobody foresaw', new Error('oh'), 1],
  ['an error of oclif that asks for a code', Object.assign(new Error('oh'), {oclif: {exit: 7}}), 7],
])('%s ends with %s', (_, error, code) => {
  expect(report(error, quiet)).toBe(code)
  expect(written.stderr).toMatch(/^Error: /)
})

test.each([
  [3, 3],
  [undefined, 0],
])('a command that ends early with %s says nothing', (exit, code) => {
  const early = Object.assign(new Error('EEXIT'), {code: 'EEXIT', oclif: {exit}})
  expect(report(early, {json: true, debug: '*'})).toBe(code)
  expect(written).toEqual({stdout: '', stderr: ''})
})

test.each([undefined, '', 'oclif', 'agt', 'http'])('no stack under DEBUG=%s', (debug) => {
  report(lost, {json: false, debug})
  expect(written).toEqual({stdout: '', stderr: 'Error: it is lost\nLook for it.\n'})
})

test.each(['gt', 'gt*', '*', 'oclif,gt:x'])('the stack under DEBUG=%s', (debug) => {
  report(lost, {json: false, debug})
  expect(written.stderr).toMatch(/^ {4}at /m)
})

test('JSON on stdout, the sentence on stderr', () => {
  report(lost, {json: true, debug: undefined})
  expect(JSON.parse(written.stdout)).toEqual({
    error: {code: 'LOST', message: 'it is lost', hint: 'Look for it.'},
  })
  expect(written.stderr).toBe('Error: it is lost\nLook for it.\n')
})
