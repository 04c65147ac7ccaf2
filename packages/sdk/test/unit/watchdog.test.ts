import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {asOnlyWatchdog, runCycles} from '../../src/watchdog/index.js'

function cyclesOf(cycle: (count: number, end: () => void) => string) {
  const controller = new AbortController()
  const reports: string[] = []
  const warnings: string[] = []
  let count = 0
  const done = runCycles({
    cycle: async () => cycle(++count, () => controller.abort()),
    intervalMs: 1,
    report: (report) => reports.push(report),
    warn: (message) => warnings.push(message),
    signal: controller.signal,
  })
  return {done, reports, warnings}
}

test('cycles follow each other until they are ended', async () => {
  const {done, reports} = cyclesOf((count, end) => {
    if (count === 3) end()
    return `cycle ${count}`
  })
  expect([await done, reports]).toEqual([3, ['cycle 1', 'cycle 2', 'cycle 3']])
})

test('a cycle that fails is warned of, and the next one comes', async () => {
  const {done, reports, warnings} = cyclesOf((count, end) => {
    if (count === 1) throw new Error('no disk')
    end()
    return 'well'
  })
  expect([await done, reports, warnings]).toEqual([2, ['well'], ['this cycle failed: no disk']])
})

test('a cycle that was interrupted has not failed', async () => {
  const {done, warnings} = cyclesOf((_, end) => {
    end()
    throw new Error('interrupted')
  })
  expect([await done, warnings]).toEqual([1, []])
})

test('one watchdog holds the lock, the next names it, and an ended one leaves it free', async () => {
  const root = mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 'w'))
  onTestFinished(() => rmSync(root, {recursive: true}))
  const lock = {
    file: join(root, '.runtime', 'dog', 'lock'),
    claim: 'the yard is being watched',
    code: 'WATCHED',
  }
  await asOnlyWatchdog(lock, async () => {
    await expect(asOnlyWatchdog(lock, async () => {})).rejects.toMatchObject({
      code: 'WATCHED',
      message: `the yard is being watched by another gt (pid ${process.pid})`,
      hint: expect.stringContaining(lock.file),
    })
  })
  expect(await asOnlyWatchdog(lock, async () => 'free')).toBe('free')
})
