import {setTimeout as sleep} from 'node:timers/promises'
import type {ConformanceCase, ConformanceContext} from '../conformance-case.js'
import {equal, rejectsWith} from '../expect.js'

/** Milliseconds after which a start is cancelled. Each backend is at a different step then. */
const MOMENTS = [0, 1, 2, 5, 10, 20, 50]

const reason = Object.assign(new Error('cancelled'), {code: 'CANCELLED'})

export const cancelCases: ConformanceCase[] = [
  {
    name: 'cancel: a start that was cancelled before it began does nothing',
    level: 'must',
    async run({backend, spec, file, program, read}) {
      const wanted = spec({command: program('report', file('report'))})
      const starting = backend.start(wanted, {signal: AbortSignal.abort(reason)})
      await rejectsWith('CANCELLED', starting, 'the start')
      equal(await backend.inspect(wanted.name), undefined, 'the session of that name')
      equal(await read(file('report')), '', 'what the program did')
    },
  },
  {
    name: 'cancel: a start that is cancelled on its way leaves nothing behind',
    level: 'must',
    async run(context) {
      for (const moment of MOMENTS) await cancelAfter(moment, context)
    },
  },
]

async function cancelAfter(ms: number, context: ConformanceContext): Promise<void> {
  const {backend, spec, file, program, read, until, isAlive} = context
  const controller = new AbortController()
  const wanted = spec({command: program('report', file(`report-${ms}`))})
  const starting = backend.start(wanted, {signal: controller.signal})
  const settled = Promise.allSettled([starting])
  await sleep(ms)
  controller.abort(reason)
  const [outcome] = await settled
  // The start finished first, which is not a failure.
  if (outcome.status === 'fulfilled') return
  await rejectsWith('CANCELLED', starting, 'the start')
  equal(await backend.inspect(wanted.name), undefined, 'the session of that name')
  const report = await read(file(`report-${ms}`))
  if (report === '') return
  const {pid} = JSON.parse(report)
  await until('the process of the cancelled start to end', () => !isAlive(pid))
}
