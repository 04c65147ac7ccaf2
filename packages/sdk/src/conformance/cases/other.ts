import {readDiagnosis} from '../../diagnosis.js'
import {ErrorCode} from '../../errors.js'
import type {ConformanceCase, OptionalMethod} from '../conformance-case.js'
import {ended} from '../ended.js'
import {ensure, equal, rejectsWith} from '../expect.js'

const optional: Record<OptionalMethod, true> = {
  attach: true,
  checkAttach: true,
  capture: true,
  environment: true,
  runOutside: true,
  view: true,
  views: true,
  type: true,
  press: true,
}

const GIVEN = {GT_CONFORM_TOKEN: `s3cret "x" '$HOME' \\ =&\nsecond line`, GT_CONFORM_NAME: 'Über 日本'}

export const otherCases: ConformanceCase[] = [
  {
    name: 'methods: those that are not supported are absent',
    level: 'must',
    async run({backend}) {
      for (const method of Object.keys(optional) as OptionalMethod[]) {
        const kind = typeof backend[method]
        ensure(kind === 'function' || kind === 'undefined', `${method} is of type ${kind}`)
        ensure(kind === 'function' || !(method in backend), `${method} is there and undefined`)
      }
    },
  },
  {
    name: 'environment: returns what the session was started with, when its program has ended, too',
    level: 'must',
    needs: ['environment'],
    async run(context) {
      const {backend, spec, file, program} = context
      const command = program('print', file('report'), 'bye', '0')
      const session = await backend.start(spec({command, env: GIVEN}))
      const check = async () => {
        const found = await backend.environment(session)
        for (const [name, value] of Object.entries(GIVEN)) equal(found[name], value, name)
      }
      await check()
      await ended(context, session)
      await check()
    },
  },
  {
    name: 'attach: is refused where there is no terminal, and can be asked for before',
    level: 'must',
    needs: ['attach', 'checkAttach'],
    async run({backend, spec, skip}) {
      if (process.stdin.isTTY && process.stdout.isTTY) skip('this run has a terminal')
      await rejectsWith('NO_TERMINAL', backend.checkAttach(), 'checkAttach')
      const session = await backend.start(spec())
      await rejectsWith('NO_TERMINAL', backend.attach(session), 'attach')
    },
  },
  {
    name: 'runOutside: the program lives on when the session ends',
    level: 'must',
    needs: ['runOutside'],
    async run({backend, spec, file, program, report, directory, isAlive}) {
      const session = await backend.start(spec())
      const command = program('report', file('outside'), 'two words', '')
      await backend.runOutside(command, {cwd: directory, env: {GT_CONFORM_OUTSIDE: 'a b'}})
      const {pid, args, env} = await report(file('outside'))
      await backend.stop(session, {graceMs: 0})
      ensure(isAlive(pid), 'it ended with the session')
      process.kill(pid, 'SIGKILL')
      equal(args, ['two words', ''], 'its arguments')
      equal(env.GT_CONFORM_OUTSIDE, 'a b', 'its environment')
    },
  },
  {
    name: 'diagnose: says of each thing how it stands, and what to do where something is wrong',
    level: 'must',
    async run({backend, diagnose, spec, skip}) {
      if (!diagnose) return skip('the backend says nothing of itself')
      readDiagnosis(await diagnose())
      const session = await backend.start(spec())
      readDiagnosis(await diagnose())
      equal((await backend.inspect(session.name))?.liveness, 'alive', 'the session afterwards')
    },
  },
  {
    name: 'unreachable: a backend that gets no answer never says absent',
    level: 'must',
    async run({backend, unreachable, spec, skip}) {
      if (!unreachable) return skip('nobody said how the backend becomes unreachable')
      const session = await backend.start(spec())
      const calls = {
        inspect: unreachable.inspect(session.name),
        list: unreachable.list({prefix: session.name}),
        stop: unreachable.stop(session, {graceMs: 0}),
        start: unreachable.start(spec()),
      }
      await Promise.allSettled(Object.values(calls))
      for (const [method, call] of Object.entries(calls)) {
        await rejectsWith(ErrorCode.backendUnavailable, call, method)
      }
      equal((await backend.inspect(session.name))?.liveness, 'alive', 'the session meanwhile')
    },
  },
]
