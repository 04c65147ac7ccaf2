import {expect, test} from 'vitest'
import {afterRestart, asCrashLoop, isStable, mayRestart, type Restarts} from '../../src/restarts/back-off.js'

const now = Date.parse('2026-01-20T12:00:00Z')
const at = (ms: number) => new Date(ms).toISOString()
const MINUTE = 60_000

/** So many restarts, each as soon as it was allowed; chance adds nothing. */
function restarted(times: number): {restarts: Restarts | undefined; at: number} {
  let restarts: Restarts | undefined
  let time = now
  for (let count = 0; count < times; count++) {
    restarts = afterRestart(restarts, time, 0)
    time = Date.parse(restarts.backoff_until ?? '')
  }
  return {restarts, at: time}
}

test('each restart has to wait twice as long as the one before', () => {
  const waits = [1, 2, 3, 4, 5].map((times) => {
    const {restarts} = restarted(times)
    return (Date.parse(restarts?.backoff_until ?? '') - Date.parse(restarts?.last_restart ?? '')) / 1000
  })
  expect(waits).toEqual([30, 60, 120, 240, 480])
})

test('no wait is longer than ten minutes, whatever chance adds', () => {
  const many = {last_restart: at(now - 1), restart_count: 900}
  const {backoff_until} = afterRestart(many, now, 0.999)
  expect(Date.parse(backoff_until ?? '') - now).toBe(10 * MINUTE)
})

test('chance adds up to a tenth', () => {
  const until = (random: number) => Date.parse(afterRestart(undefined, now, random).backoff_until ?? '') - now
  expect([until(0), until(0.5), until(0.999_99)]).toEqual([30_000, 31_500, 33_000])
})

test('before its time: refused, with the time that is left', () => {
  const {restarts, at: allowed} = restarted(2)
  expect(mayRestart(restarts, allowed - 1000)).toEqual({is: 'too early', waitMs: 1000})
  expect(mayRestart(restarts, allowed)).toEqual({is: 'allowed'})
})

test('what was never restarted may be', () => {
  expect(mayRestart(undefined, now)).toEqual({is: 'allowed'})
})

test('the sixth restart is refused, and stays so', () => {
  const {restarts, at: allowed} = restarted(5)
  expect(mayRestart(restarts, allowed)).toEqual({is: 'crash-looping'})
  const loop = asCrashLoop(restarts ?? {restart_count: 5}, allowed)
  expect(mayRestart(loop, allowed + 24 * 60 * MINUTE)).toEqual({is: 'crash-looping'})
  expect(asCrashLoop(loop, allowed + 1)).toEqual(loop)
})

test('thirty minutes without a restart: it was stable, and counts anew', () => {
  const {restarts} = restarted(4)
  const last = Date.parse(restarts?.last_restart ?? '')
  const stable = last + 30 * MINUTE + 1
  expect([
    isStable(restarts ?? {restart_count: 0}, stable - 1),
    isStable(restarts ?? {restart_count: 0}, stable),
  ]).toEqual([false, true])
  expect(afterRestart(restarts, stable, 0).restart_count).toBe(1)
  const often = {restart_count: 5, last_restart: at(last)}
  expect([mayRestart(often, stable - 1), mayRestart(often, stable)]).toEqual([
    {is: 'crash-looping'},
    {is: 'allowed'},
  ])
})

test('a clock that was set back makes nothing wait longer than there is to wait', () => {
  const {restarts} = restarted(1)
  expect(mayRestart(restarts, now - 120 * MINUTE)).toEqual({is: 'allowed'})
})

test('what else the file says of an agent stays', () => {
  const before = {restart_count: 1, last_restart: at(now), note: 'kept'}
  expect(afterRestart(before, now, 0)).toMatchObject({note: 'kept', restart_count: 2})
})
