import type {ConformanceCase, ConformanceContext} from '../conformance-case.js'
import {ensure, equal} from '../expect.js'

/** Grace period longer than the slow program needs to end. */
const PATIENT_MS = 10_000

export const processCases: ConformanceCase[] = [
  {
    name: 'stop: children and grandchildren end',
    level: 'must',
    async run({backend, spec, file, program, report, isAlive}) {
      const session = await backend.start(spec({command: program('family', file('family'), '2')}))
      const family = await Promise.all([0, 1, 2].map((generation) => report(file(`family.${generation}`))))
      await backend.stop(session, {graceMs: 500})
      for (const [generation, {pid}] of family.entries()) {
        ensure(!isAlive(pid), `generation ${2 - generation} still runs`)
      }
    },
  },
  {
    name: 'stop: a process that ignores TERM ends',
    level: 'must',
    async run({backend, spec, file, program, report, isAlive}) {
      const session = await backend.start(spec({command: program('term', file('report'), 'ignore')}))
      const {pid} = await report(file('report'))
      equal(await backend.stop(session, {graceMs: 100}), 'stopped', 'the outcome')
      ensure(!isAlive(pid), 'it still runs')
    },
  },
  {
    name: 'stop: an orphan in a terminal session of its own ends',
    level: 'must',
    run: (context) => endsOrphan(context, 'kept'),
  },
  {
    name: 'stop: an orphan that has cleared its environment too ends',
    level: 'should',
    run: (context) => endsOrphan(context, 'cleared'),
  },
  {
    name: 'stop: a process that needs a moment to end gets it',
    level: 'must',
    async run({backend, spec, file, program, report, read, until}) {
      const session = await backend.start(spec({command: program('term', file('report'), 'slow')}))
      await report(file('report'))
      await backend.stop(session, {graceMs: PATIENT_MS})
      await until('it to have ended by itself', () => read(file('report.done')))
    },
  },
  {
    name: 'stop: without a grace period nobody is waited for',
    level: 'must',
    async run({backend, spec, file, program, report, read, isAlive}) {
      const session = await backend.start(spec({command: program('term', file('report'), 'slow')}))
      const {pid} = await report(file('report'))
      await backend.stop(session, {graceMs: 0})
      ensure(!isAlive(pid), 'it still runs')
      equal(await read(file('report.done')), '', 'what it did before it ended')
    },
  },
]

async function endsOrphan(context: ConformanceContext, environment: 'kept' | 'cleared'): Promise<void> {
  const {backend, spec, file, program, report, isAlive} = context
  const session = await backend.start(spec({command: program('escape', file('orphan'), environment)}))
  const {pid} = await report(file('orphan'))
  await backend.stop(session, {graceMs: 500})
  ensure(!isAlive(pid), 'it still runs')
}
