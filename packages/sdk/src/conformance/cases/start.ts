import {ErrorCode} from '../../errors.js'
import type {ConformanceCase} from '../conformance-case.js'
import {ensure, equal, found, rejectsWith} from '../expect.js'

const HOSTILE_NAMES = ['a:b', 'a.b', '../x', '', 'a b', '#{pane_id}', 'a\nb', '-a', '=a', 'a'.repeat(201)]

const AT_ONCE = 10

export const startCases: ConformanceCase[] = [
  {
    name: 'start: the session runs, and its first process is the program itself',
    level: 'must',
    async run({backend, spec, file, program, report, isAlive}) {
      const wanted = spec({command: program('report', file('report'))})
      const session = await backend.start(wanted)
      const {pid} = await report(file('report'))
      equal(session.name, wanted.name, 'its name')
      equal(session.liveness, 'alive', 'its liveness')
      equal(session.pid, pid, 'its pid')
      equal([session.attached, session.stopping], [0, false], 'its terminals, and whether a stop has begun')
      ensure(isAlive(session.pid), 'its process does not run')
    },
  },
  {
    name: 'start: a name that is taken is refused, and its session stays as it is',
    level: 'must',
    async run({backend, spec, file, program, read}) {
      const winner = await backend.start(spec({labels: {which: 'first'}}))
      const rival = spec({
        name: winner.name,
        labels: {which: 'second'},
        command: program('report', file('rival')),
      })
      await rejectsWith(ErrorCode.sessionExists, backend.start(rival), 'the second start')
      const kept = found(await backend.inspect(winner.name))
      equal(kept.labels.which, 'first', 'the label of the session')
      equal(kept.incarnation, winner.incarnation, 'its incarnation')
      equal(kept.liveness, 'alive', 'its liveness')
      equal(await read(file('rival')), '', 'what the refused program did')
    },
  },
  {
    name: 'start: of ten at once of one name, one wins and the others are refused',
    level: 'must',
    async run({backend, spec, uniqueName}) {
      const name = uniqueName()
      const starts = Array.from({length: AT_ONCE}, (_, index) =>
        backend.start(spec({name, labels: {which: String(index)}})),
      )
      const outcomes = await Promise.allSettled(starts)
      const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled')
      const refused = outcomes.filter(
        (outcome) => outcome.status === 'rejected' && outcome.reason?.code === ErrorCode.sessionExists,
      )
      equal([winners.length, refused.length], [1, AT_ONCE - 1], 'winners and refused ones')
      const kept = found(await backend.inspect(name))
      equal(kept.labels, winners[0]?.value.labels, 'the labels of the winner')
    },
  },
  {
    name: 'start: ten at once of different names all run',
    level: 'must',
    async run({backend, spec, isAlive}) {
      const sessions = await Promise.all(Array.from({length: AT_ONCE}, () => backend.start(spec())))
      for (const {name, pid} of sessions) {
        equal(found(await backend.inspect(name)).pid, pid, 'the pid of a session')
        ensure(isAlive(pid), `the process of ${name} does not run`)
      }
      equal(new Set(sessions.map(({pid}) => pid)).size, AT_ONCE, 'the number of processes')
    },
  },
  {
    name: 'start: a name that a backend could misread is refused',
    level: 'must',
    async run({backend, spec}) {
      for (const name of HOSTILE_NAMES) {
        const [outcome] = await Promise.allSettled([backend.start(spec({name}))])
        if (outcome.status === 'rejected') continue
        await backend.stop(outcome.value, {graceMs: 0})
        throw new Error(`the name ${JSON.stringify(name.slice(0, 20))} was taken`)
      }
    },
  },
  {
    name: 'start: two lives of a name differ in their incarnation',
    level: 'must',
    async run({backend, spec}) {
      const first = await backend.start(spec())
      await backend.stop(first, {graceMs: 0})
      const second = await backend.start(spec({name: first.name}))
      ensure(second.incarnation !== first.incarnation, 'both have the same incarnation')
    },
  },
  {
    name: 'start: the label `incarnation` is the incarnation of the session',
    level: 'must',
    async run({backend, spec, uniqueName}) {
      const incarnation = uniqueName()
      const {name} = await backend.start(spec({labels: {incarnation}}))
      equal(found(await backend.inspect(name)).incarnation, incarnation, 'the incarnation')
    },
  },
  {
    name: 'start: a directory that does not exist is refused, and nothing is left of the session',
    level: 'must',
    async run({backend, spec, file}) {
      const wanted = spec({cwd: file('missing')})
      const [outcome] = await Promise.allSettled([backend.start(wanted)])
      equal(outcome.status, 'rejected', 'the outcome of the start')
      equal(await backend.inspect(wanted.name), undefined, 'the session of that name')
    },
  },
]
