import type {Exit} from '@gtown/sdk'
import type {NewEvent} from '../../events/event-log.js'
import type {PatrolState, PolecatMemory} from '../memory/memory.js'
import type {FoundRig, FoundWorker} from '../observe/observe-rig.js'

/** An agent's death that this cycle is the first to find. */
export interface Death {
  worker: string
  session: string
  /** How it ended, if known. */
  reason: string
  /** True when its work was still open. */
  isCrash: boolean
}

/** Agents that have ended since the previous cycle, or whose session is seen for the first time already dead. */
export function deathsOf(found: FoundRig, before: PatrolState | undefined, after: PatrolState): Death[] {
  return [...found.workers.values()].flatMap((worker) => {
    const known = before?.polecats[worker.name]
    const now = after.polecats[worker.name]
    return now && isNew(known, now) ? [deathOf(worker)] : []
  })
}

/** False when no session was ever seen: then there was no known life that could end. */
function isNew(before: PolecatMemory | undefined, now: PolecatMemory): boolean {
  if (now.agent !== 'gone' || !now.session) return false
  const {id, createdAt} = now.session
  // Both are compared, since a restarted server reuses session ids.
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

/** The deaths as events, with the original's keys. */
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
