import {expect, test} from 'vitest'
import {amended, GtError, hasCode, isGtError, prefixed, usageError} from '../../src/errors.js'
import {hasErrno, reasonOf} from '../../src/files/errno.js'
import {hostOf} from '../../src/host.js'

const whole = new GtError('no answer', {
  code: 'BACKEND_UNAVAILABLE',
  exitCode: 3,
  hint: 'Wait.',
  details: {pid: 7},
  liveness: 'unknown',
})

test('Words before an error change nothing else of it: unknown stays unknown', () => {
  expect(prefixed('cannot stop', whole)).toMatchObject({
    message: 'cannot stop: no answer',
    code: 'BACKEND_UNAVAILABLE',
    exitCode: 3,
    hint: 'Wait.',
    details: {pid: 7},
    liveness: 'unknown',
  })
  expect(amended(whole, {hint: 'Go.'})).toMatchObject({
    message: 'no answer',
    hint: 'Go.',
    liveness: 'unknown',
  })
  const other = new Error('unforeseen')
  expect(prefixed('cannot stop', other)).toBe(other)
})

test('An error of another copy of the sdk is one of ours, by name and code; what only looks so is none', () => {
  const foreign = Object.assign(new Error('x'), {name: 'GtError', code: 'USAGE'})
  expect([isGtError(foreign), hasCode(foreign, 'USAGE'), hasCode(foreign, 'OTHER')]).toEqual([
    true,
    true,
    false,
  ])
  expect([isGtError({name: 'GtError'}), hasCode({code: 'USAGE'}, 'USAGE')]).toEqual([false, false])
})

test('Wrong usage ends with 2, any other failure with 1', () => {
  expect([usageError('x').exitCode, new GtError('x', {code: 'X'}).exitCode]).toEqual([2, 1])
})

test('An error of the system is told by its code, and said in its own words', () => {
  const error = Object.assign(new Error("ENOENT: no such file or directory, open '/x'"), {code: 'ENOENT'})
  expect([
    hasErrno(error, 'EPERM', 'ENOENT'),
    hasErrno(error, 'EPERM'),
    hasErrno({code: 'ENOENT'}, 'ENOENT'),
  ]).toEqual([true, false, false])
  expect(reasonOf(error)).toBe('no such file or directory')
})

test("The words are the system's, whatever a version of Node makes of them", () => {
  const error = Object.assign(new Error('ENOENT: process.cwd failed with error no such file, uv_cwd'), {
    errno: -2,
  })
  expect(reasonOf(error)).toBe('no such file or directory')
  expect(reasonOf(new Error('ENOENT: no such file or directory, open'))).toBe('no such file or directory')
  expect(reasonOf('gone')).toBe('gone')
})

test('hostOf: no gt around the plugin, or one of another version of the contracts, is refused', async () => {
  const within = (...results: unknown[]) => ({
    runHook: async () => ({successes: results.map((result) => ({result})), failures: []}),
  })
  await expect(hostOf(within())).rejects.toMatchObject({code: 'NO_HOST'})
  for (const apiVersion of [undefined, 0, 1e9]) {
    await expect(hostOf(within({apiVersion}))).rejects.toMatchObject({code: 'API_VERSION'})
  }
})
