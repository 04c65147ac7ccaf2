import {expect, test} from 'vitest'
import {timerOf} from '../../../src/typing/timer.js'

const timer = timerOf({})

test('an interrupted wait rejects with the signal’s reason', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const waiting = timer.sleep(60_000, controller.signal)
  controller.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  await expect(timer.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason)
})

test('time passes while it waits', async () => {
  const before = timer.now()
  await timer.sleep(5)
  expect(timer.now()).toBeGreaterThan(before)
})
