import type {ConformanceCase} from '../conformance-case.js'
import {ensure, equal, found} from '../expect.js'

/** Tolerance for clocks that count whole seconds. */
const CLOCK_MS = 1000

export const lookCases: ConformanceCase[] = [
  {
    name: 'inspect: a name that nobody has is undefined',
    level: 'must',
    async run({backend, uniqueName}) {
      equal(await backend.inspect(uniqueName()), undefined, 'the session')
    },
  },
  {
    name: 'inspect: a prefix of a name finds nothing',
    level: 'must',
    async run({backend, spec}) {
      const {name} = await backend.start(spec())
      equal(await backend.inspect(name.slice(0, -1)), undefined, 'the session that has a prefix of the name')
    },
  },
  {
    name: 'inspect: tells when the session was made',
    level: 'must',
    async run({backend, spec}) {
      const before = Date.now()
      const {name, createdAt} = await backend.start(spec())
      ensure(createdAt > before - CLOCK_MS, `it was made ${before - createdAt} ms before its start`)
      ensure(createdAt <= Date.now() + CLOCK_MS, 'it was made in the future')
      equal(found(await backend.inspect(name)).createdAt, createdAt, 'the same, asked again')
    },
  },
  {
    name: 'inspect: the time of activity moves when something is printed',
    level: 'must',
    async run({backend, spec, file, program, until}) {
      const {name, createdAt} = await backend.start(spec({command: program('tick', file('ticks'))}))
      await until('the time of activity to move', async () => {
        const {lastActivityAt} = found(await backend.inspect(name))
        return lastActivityAt > createdAt
      })
    },
  },
  {
    name: 'list: finds the sessions of a prefix, and tells of them what inspect tells',
    level: 'must',
    async run({backend, spec}) {
      const session = await backend.start(spec({labels: {rig: 'alpha'}}))
      const other = await backend.start(spec())
      const listed = await backend.list({prefix: session.name})
      const told = listed.map(({id, incarnation, pid, labels}) => ({id, incarnation, pid, labels}))
      const {id, incarnation, pid, labels} = session
      equal(told, [{id, incarnation, pid, labels}], 'the sessions of the prefix')
      const all = (await backend.list()).map(({name}) => name)
      ensure(all.includes(session.name) && all.includes(other.name), 'not all are listed without a prefix')
    },
  },
  {
    name: 'list: an empty prefix finds all',
    level: 'must',
    async run({backend, spec}) {
      const {name} = await backend.start(spec())
      const listed = await backend.list({prefix: ''})
      ensure(
        listed.some((session) => session.name === name),
        'a session is missing',
      )
    },
  },
  {
    name: 'list: text from the middle of a name finds nothing',
    level: 'must',
    async run({backend, spec}) {
      const {name} = await backend.start(spec())
      equal(await backend.list({prefix: name.slice(1)}), [], 'the sessions found')
    },
  },
  {
    name: 'list: leaves out what was stopped',
    level: 'must',
    async run({backend, spec}) {
      const session = await backend.start(spec())
      await backend.stop(session, {graceMs: 0})
      equal(await backend.list({prefix: session.name}), [], 'the sessions of that name')
    },
  },
  {
    name: 'list: answers of several prefixes at once are not mixed up',
    level: 'must',
    async run({backend, spec}) {
      const sessions = await Promise.all([spec(), spec(), spec()].map((each) => backend.start(each)))
      const prefixes = sessions.map(({name}) => name)
      const lists = await Promise.all(prefixes.map((prefix) => backend.list({prefix})))
      equal(
        lists.map((list) => list.map(({name}) => name)),
        prefixes.map((name) => [name]),
        'what was listed',
      )
    },
  },
]
