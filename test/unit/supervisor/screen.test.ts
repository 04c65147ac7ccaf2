import {GtError, type SessionBackend} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {lastLines, redact, secretsOf} from '../../../src/supervisor/screen.js'
import {aSession} from '../../support/refs.js'

test('what the user gave as environment is not shown, wherever it stands', () => {
  expect(redact(['key=sk-canary, again sk-canary', 'nothing'], {KEY: 'sk-canary'})).toEqual([
    'key=***, again ***',
    'nothing',
  ])
})

test('each line of a value of several lines is hidden', () => {
  expect(redact(['first line', 'second line'], {KEY: 'first line\nsecond line'})).toEqual(['***', '***'])
})

test('secret is what neither the role nor gt itself sets', () => {
  const env = {
    KEY: 'sk-canary',
    GT_ROOT: '/town',
    GT_SESSION: 'it',
    GT_SESSION_ID: 'x',
    GT_AGENT: 'mine',
    PWD: '/',
  }
  expect(secretsOf(env, {GT_ROOT: '/town'})).toEqual({KEY: 'sk-canary'})
})

test('a value too short to be a secret does not blacken the screen', () => {
  expect(redact(['1 of 1'], {DEBUG: '1'})).toEqual(['1 of 1'])
})

test('a screen that is gone is empty; one that cannot be read is an error', async () => {
  const failing = (code: string) =>
    ({capture: () => Promise.reject(new GtError('no screen', {code}))}) as unknown as SessionBackend
  expect(await lastLines(failing('SESSION_LOST'), aSession())).toEqual([])
  await expect(lastLines(failing('BACKEND_UNAVAILABLE'), aSession())).rejects.toThrow('no screen')
})
