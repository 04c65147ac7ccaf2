import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {setTimeout as sleep} from 'node:timers/promises'
import {ErrorCode, hasCode, type Killer, type KillTarget, type Session, type SessionBackend} from '@gtown/sdk'
import {until} from '../../../../test/support/until.js'
import {isAlive} from '../../src/conformance/processes.js'

type Backend = Required<SessionBackend>

/** A backend that keeps all promises but one. */
export interface BrokenBackend {
  /** What it does wrong. */
  fault: string
  /** The cases that have to notice it, and no other. */
  noticedBy: string[]
  /** What it does otherwise than the real one. */
  change(real: Backend): Partial<Backend>
  /** What its killer does otherwise. */
  changeKiller?(real: Killer): Partial<Killer>
}

export const brokenBackends: BrokenBackend[] = [
  {
    fault: 'finds a session by a prefix of its name',
    noticedBy: ['inspect: a prefix of a name finds nothing'],
    change: ({inspect, list}) => ({
      inspect: async (name) => (await inspect(name)) ?? (await list({prefix: name}))[0],
    }),
  },
  {
    fault: 'looks whether a name is free, and then takes it',
    noticedBy: ['start: of ten at once of one name, one wins and the others are refused'],
    change: ({inspect, start}) => ({
      async start(spec, options) {
        if (await inspect(spec.name)) return start(spec, options)
        try {
          return await start(spec, options)
        } catch (error) {
          if (!hasCode(error, ErrorCode.sessionExists)) throw error
          return (await inspect(spec.name)) as Session
        }
      },
    }),
  },
  {
    fault: 'loses labels that are empty',
    noticedBy: ['labels: an empty value is kept'],
    change: ({start}) => ({
      start: (spec, options) => start({...spec, labels: withoutEmpty(spec.labels)}, options),
    }),
  },
  {
    fault: 'stops whatever has the name by now',
    noticedBy: ['stop: of an earlier life does not touch the later one of that name'],
    change: ({inspect, stop}) => ({
      stop: async (session, options) => stop((await inspect(session.name)) ?? session, options),
    }),
  },
  {
    fault: 'ends the first process, and those only that end with its terminal',
    noticedBy: [
      'stop: children and grandchildren end',
      'stop: an orphan in a terminal session of its own ends',
      'stop: an orphan that has cleared its environment too ends',
    ],
    change: () => ({}),
    changeKiller: () => ({end: endRoots}),
  },
  {
    fault: 'says absent when it gets no answer',
    noticedBy: ['unreachable: a backend that gets no answer never says absent'],
    change: ({inspect}) => ({
      async inspect(name) {
        try {
          return await inspect(name)
        } catch (error) {
          if (!hasCode(error, ErrorCode.backendUnavailable)) throw error
          return undefined
        }
      },
    }),
  },
  {
    fault: 'drops variables that are empty',
    noticedBy: ['env: an empty variable is set'],
    change: ({start}) => ({
      start: (spec, options) => start({...spec, env: withoutEmpty(spec.env)}, options),
    }),
  },
  {
    fault: 'lets a shell read the command, in double quotes',
    noticedBy: ['command: arguments arrive byte for byte'],
    change: ({start}) => ({
      start(spec, options) {
        const line = spec.command.map((word) => `"${word}"`).join(' ')
        return start({...spec, command: ['/bin/sh', '-c', `exec ${line}`]}, options)
      },
    }),
  },
  {
    fault: 'types a text again, since it saw no answer to it',
    noticedBy: ['type: a text of 20 KB arrives whole', 'type: a text of 1 MB arrives whole'],
    change: ({type}) => ({
      async type(session, text, options) {
        await type(session, text, options)
        if (text.length > 10_000) await type(session, text, options)
      },
    }),
  },
  {
    fault: 'types no more than fits into one command',
    noticedBy: ['type: a text of 20 KB arrives whole', 'type: a text of 1 MB arrives whole'],
    change: ({type}) => ({
      type: (session, text, options) => type(session, text.slice(0, 16_300), options),
    }),
  },
  {
    fault: 'types without a look at the screen',
    noticedBy: ['type: nothing is typed when the screen is not what was seen, and press presses nothing'],
    change: ({type}) => ({type: (session, text) => type(session, text)}),
  },
  {
    fault: 'tells screens apart by what is on them',
    noticedBy: ['views: shows of each session what view shows, whatever stands on their screens'],
    change: ({views}) => ({
      async views(sessions) {
        const all = await views(sessions)
        return new Map([...all].filter(([, {rows}]) => !rows.some((row) => row.startsWith('view|'))))
      },
    }),
  },
  {
    fault: 'forgets the exit code',
    noticedBy: ['death: a program that has ended is dead, and its exit code is kept'],
    change: ({inspect}) => ({
      async inspect(name) {
        const session = await inspect(name)
        return session?.exit?.code === undefined ? session : {...session, exit: {}}
      },
    }),
  },
  {
    fault: 'hands the environment over as arguments',
    noticedBy: ['env: no value of it stands in any argument list, while the session starts and afterwards'],
    change: ({start}) => ({
      async start(spec, options) {
        if (!Object.hasOwn(spec.env, 'GT_CONFORM_TOKEN')) return start(spec, options)
        await once(spawn('/bin/sh', ['-c', 'sleep 0.02; exit', ...Object.values(spec.env)]), 'exit')
        return start(spec, options)
      },
    }),
  },
  {
    fault: 'leaves the session of a cancelled start behind',
    noticedBy: ['cancel: a start that is cancelled on its way leaves nothing behind'],
    change: ({start}) => ({
      async start(spec, {signal} = {}) {
        signal?.throwIfAborted()
        const session = await start(spec)
        signal?.throwIfAborted()
        return session
      },
    }),
  },
]

function withoutEmpty(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

/** Asks and makes, but only those that the backend knows of. */
async function endRoots({roots}: KillTarget, {graceMs}: {graceMs: number}): Promise<[]> {
  for (const pid of roots) signal(pid, 'SIGTERM')
  const end = Date.now() + graceMs
  while (roots.some(isAlive) && Date.now() < end) await sleep(20)
  for (const pid of roots) signal(pid, 'SIGKILL')
  await until('the first processes to end', () => !roots.some(isAlive))
  return []
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
