import {expect, onTestFinished, test, vi} from 'vitest'
import {interruptible, whileRead} from '../../../src/commands/interrupt.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What the process does on that event since the work began. To emit it would reach the test runner as well. */
const newest = (emitter: NodeJS.EventEmitter, event: string) =>
  emitter.listeners(event).at(-1) as (...args: unknown[]) => void

const counts = () => [
  ...SIGNALS.map((name) => process.listenerCount(name)),
  process.stdout.listenerCount('error'),
]

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])(
  '%s: the work is told to end, and the exit code is %i; a second one ends the process',
  async (name, exitCode) => {
    const before = counts()
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
    onTestFinished(() => exit.mockRestore())
    const work = interruptible(async (signal) => {
      const interrupt = newest(process, name)
      interrupt(name)
      expect(exit).not.toHaveBeenCalled()
      expect(signal.reason).toMatchObject({code: 'INTERRUPTED', exitCode, message: `interrupted by ${name}`})
      interrupt(name)
      expect(exit).toHaveBeenCalledExactlyOnceWith(exitCode)
      signal.throwIfAborted()
    })
    await expect(work).rejects.toMatchObject({exitCode})
    expect(counts()).toEqual(before)
  },
)

test('After work that went well, too, an interrupt is nothing of ours', async () => {
  const before = counts()
  expect(await whileRead(async () => 'done')).toBe('done')
  expect(counts()).toEqual(before)
})

test('whileRead: ends with whoever reads, and with an interrupt', async () => {
  const left = whileRead(async (signal) => {
    newest(process.stdout, 'error')(new Error('EPIPE'))
    expect(signal.aborted).toBe(true)
    return 'nobody reads'
  })
  expect(await left).toBe('nobody reads')
  const interrupted = whileRead(async (signal) => {
    const aborted = untilAborted(signal)
    newest(process, 'SIGINT')('SIGINT')
    expect(signal.aborted).toBe(true)
    return await aborted
  })
  await expect(interrupted).rejects.toMatchObject({exitCode: 130})
})
