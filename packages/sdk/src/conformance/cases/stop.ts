import type {ConformanceCase} from '../conformance-case.js'
import {ended} from '../ended.js'
import {ensure, equal, found} from '../expect.js'

export const stopCases: ConformanceCase[] = [
  {
    name: 'stop: the session is gone, and its process with it',
    level: 'must',
    async run({backend, spec, isAlive}) {
      const session = await backend.start(spec())
      equal(await backend.stop(session, {graceMs: 1000}), 'stopped', 'the outcome')
      equal(await backend.inspect(session.name), undefined, 'the session of that name')
      ensure(!isAlive(session.pid), 'its process still runs')
    },
  },
  {
    name: 'stop: of one that was stopped before says absent',
    level: 'must',
    async run({backend, spec}) {
      const session = await backend.start(spec())
      await backend.stop(session, {graceMs: 0})
      equal(await backend.stop(session, {graceMs: 0}), 'absent', 'the outcome')
    },
  },
  {
    name: 'stop: of one that never was says absent',
    level: 'must',
    async run({backend, spec, uniqueName}) {
      const other = await backend.start(spec())
      await backend.stop(other, {graceMs: 0})
      equal(await backend.stop({...other, name: uniqueName()}, {graceMs: 0}), 'absent', 'the outcome')
    },
  },
  {
    name: 'stop: several at once all succeed',
    level: 'must',
    async run({backend, spec}) {
      const session = await backend.start(spec())
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => backend.stop(session, {graceMs: 1000})))
      ensure(outcomes.includes('stopped'), 'none says that it stopped the session')
      equal(await backend.inspect(session.name), undefined, 'the session of that name')
    },
  },
  {
    name: 'stop: of an earlier life does not touch the later one of that name',
    level: 'must',
    async run({backend, spec, isAlive}) {
      const first = await backend.start(spec())
      await backend.stop(first, {graceMs: 0})
      const second = await backend.start(spec({name: first.name}))
      equal(await backend.stop(first, {graceMs: 0}), 'absent', 'the outcome')
      equal(found(await backend.inspect(first.name)).incarnation, second.incarnation, 'the life of that name')
      ensure(isAlive(second.pid), 'the process of the later life was ended')
    },
  },
  {
    name: 'stop: does not touch a session whose name only begins alike',
    level: 'must',
    async run({backend, spec, isAlive}) {
      const session = await backend.start(spec())
      const longer = await backend.start(spec({name: `${session.name}0`}))
      await backend.stop(session, {graceMs: 0})
      equal(await backend.stop(session, {graceMs: 0}), 'absent', 'the second outcome')
      ensure(isAlive(longer.pid), 'the process of the other session was ended')
    },
  },
  {
    name: 'stop: cleans up a session whose program has ended',
    level: 'must',
    async run(context) {
      const {backend, spec, file, program} = context
      const session = await backend.start(spec({command: program('print', file('report'), 'bye', '0')}))
      await ended(context, session)
      equal(await backend.stop(session, {graceMs: 0}), 'stopped', 'the outcome')
      equal(await backend.inspect(session.name), undefined, 'the session of that name')
    },
  },
]
