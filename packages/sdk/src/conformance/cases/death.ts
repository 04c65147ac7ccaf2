import {ErrorCode} from '../../errors.js'
import type {Session} from '../../session.js'
import type {ConformanceCase, ConformanceContext} from '../conformance-case.js'
import {ended} from '../ended.js'
import {equal, found, rejectsWith} from '../expect.js'

export const deathCases: ConformanceCase[] = [
  {
    name: 'death: a program that has ended is dead, and its exit code is kept',
    level: 'must',
    async run(context) {
      for (const code of [0, 7]) {
        equal((await endedWith(context, code)).exit, {code}, 'how it ended')
      }
    },
  },
  {
    name: 'death: the signal that ended the program is kept',
    level: 'should',
    async run(context) {
      const {backend, spec, file, program, report} = context
      const session = await backend.start(spec({command: program('report', file('report'))}))
      await report(file('report'))
      process.kill(session.pid, 'SIGKILL')
      equal((await ended(context, session)).exit, {signal: 'SIGKILL'}, 'how it ended')
    },
  },
  {
    name: 'death: is told by list as well',
    level: 'must',
    async run(context) {
      const {name} = await endedWith(context, 0)
      const [listed] = await context.backend.list({prefix: name})
      equal(found(listed).liveness, 'dead', 'the liveness in the list')
    },
  },
  {
    name: 'death: the name stays taken until the session is stopped',
    level: 'must',
    async run(context) {
      const {backend, spec} = context
      const {name} = await endedWith(context, 0)
      await rejectsWith(ErrorCode.sessionExists, backend.start(spec({name})), 'a start of that name')
    },
  },
]

async function endedWith(context: ConformanceContext, code: number): Promise<Session> {
  const {backend, spec, file, program} = context
  const command = program('print', file('report'), 'bye', `${code}`)
  return ended(context, await backend.start(spec({command})))
}
