import {expect, test} from 'vitest'
import {inTurns} from '../../src/in-turns.js'
import {pauseUnlessAborted} from '../../src/pause.js'

test('Only so many are at work at once, and results come in the order of what they are of', async () => {
  const underWay = new Set<number>()
  let most = 0
  const slowFirst = [5, 4, 3, 2, 1, 0]
  const results = await inTurns(2, slowFirst, async (turns) => {
    underWay.add(turns)
    most = Math.max(most, underWay.size)
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
    underWay.delete(turns)
    return turns * 10
  })
  expect({results, most}).toEqual({results: [50, 40, 30, 20, 10, 0], most: 2})
})

test('A failure is told; nothing to do is no failure', async () => {
  await expect(inTurns(2, [1], () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inTurns(2, [], async () => 1)).toEqual([])
})

test('A pause ends when it is aborted, before and meanwhile, and that is no failure', async () => {
  await pauseUnlessAborted(1e8, AbortSignal.abort())
  const controller = new AbortController()
  const pause = pauseUnlessAborted(1e8, controller.signal)
  controller.abort()
  await pause
})
