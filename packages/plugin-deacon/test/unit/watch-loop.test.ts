import {expect, test} from 'vitest'
import {type LoopOptions, watchTown} from '../../src/watch/loop.js'
import type {CycleReport} from '../../src/watch/report.js'
import {watched} from '../support/watched.js'

const options = (more: Partial<LoopOptions> = {}): LoopOptions => ({
  intervalMs: 1,
  once: false,
  begin: () => {},
  tell: () => {},
  signal: new AbortController().signal,
  ...more,
})

test('a cycle that fails is warned of, and the next one comes all the same', async () => {
  const {watch, before, warnings} = watched({alpha: {}})
  let tries = 0
  before.rigs = () => {
    if (++tries === 1) throw new Error('no disk')
  }
  const controller = new AbortController()
  const told: CycleReport[] = []
  const tell = (report: CycleReport) => {
    told.push(report)
    controller.abort()
  }
  expect(await watchTown(watch, options({tell, signal: controller.signal}))).toBe(2)
  expect([told.length, warnings]).toEqual([1, ['this cycle failed: no disk']])
})

test('the only cycle of a watch fails: the watch fails', async () => {
  const {watch, before} = watched({alpha: {}})
  before.rigs = () => {
    throw new Error('no disk')
  }
  await expect(watchTown(watch, options({once: true}))).rejects.toThrow('no disk')
})

test('a town that is being watched: a second watch is refused, and looks at nothing', async () => {
  const {watch, before} = watched({alpha: {}})
  const controller = new AbortController()
  let looks = 0
  before.look = () => looks++
  let first: Promise<number> | undefined
  await new Promise<void>((resolve) => {
    const tell = () => resolve()
    first = watchTown(watch, options({intervalMs: 3_600_000, tell, signal: controller.signal}))
  })
  await expect(watchTown(watch, options({once: true}))).rejects.toMatchObject({
    code: 'WATCH_RUNNING',
    message: expect.stringContaining(`(pid ${process.pid})`),
  })
  controller.abort()
  expect([await first, looks]).toEqual([1, 1])
  expect(await watchTown(watch, options({once: true}))).toBe(1)
})
