import type {Exit} from '@gtown/sdk'
import type {NewEvent} from '../../events/event-log.js'
import type {PatrolState, PolecatMemory} from '../memory/memory.js'
import type {FoundRig, FoundWorker} from '../observe/collect.js'

/** An agent that a cycle is the first to have found dead. */
export interface Death {
  worker: string
  session: string
  /** How it ended, as far as that is known. */
  reason: string
  /** Its work was not over. */
  isCrash: boolean
}

/** Whose agent has ended since the cycle before, or since the patrol's first look. */
export function deathsOf(found: FoundRig, before: PatrolState | undefined, after: PatrolState): Death[] {
  return [...found.workers.values()].flatMap((worker) => {
    const known = before?.polecats[worker.name]
    const now = after.polecats[worker.name]
    return now && isNew(known, now) ? [deathOf(worker)] : []
  })
}

/** Of a session that was never seen nobody knows that it lived. */
function isNew(before: PolecatMemory | undefined, now: PolecatMemory): boolean {
  if (now.agent !== 'gone' || !now.session) return false
  const {id, createdAt} = now.session
  // A server that was started anew counts its sessions anew.
  const isSame = before?.session?.id === id && before.session.createdAt === createdAt
  return !isSame || before.agent !== 'gone'
}

function deathOf({name, session, signals, sessionName}: FoundWorker): Death {
  return {
    worker: name,
    session: sessionName,
    reason: session?.session.exit ? wordsOf(session.session.exit) : 'its session has gone',
    isCrash: signals.work.value === 'open',
  }
}

function wordsOf({code, signal}: Exit): string {
  if (signal !== undefined) return `ended by ${signal}`
  return code === undefined ? 'it ended' : `exit code ${code}`
}

/** The same for the log of events, with the keys of the original. */
export function deathEvents(rig: string, deaths: readonly Death[]): NewEvent[] {
  return deaths.map(({worker, session, reason, isCrash}) => ({
    type: 'session_death',
    actor: `${rig}/witness`,
    payload: {
      session,
      agent: `${rig}/polecats/${worker}`,
      reason: isCrash ? `crash: ${reason}` : reason,
      caller: 'witness',
      rig,
      polecat: worker,
    },
    visibility: 'feed',
  }))
}
