import {isGtError} from '@gtown/sdk'
import {agentOf} from '../../supervisor/agent-ref.js'
import {keepPostMortem} from '../../supervisor/post-mortem.js'
import {markerPrefix} from '../../supervisor/session-spec.js'
import {workerSession} from '../../supervisor/worker-session.js'
import type {Expectation} from '../actions.js'
import type {FoundSession} from '../observe/sessions.js'
import {done, failed, type Outcome, refused} from '../report/outcome.js'
import {confirm} from './confirm.js'
import type {Job} from './job.js'

/** Time for a worker's processes to end after SIGTERM. */
const GRACE_MS = 5000

/** Ends exactly this session with all its processes, and no other session of its name. */
export async function endSession(job: Job, expect: Expectation): Promise<Outcome> {
  const now = await confirm(job, expect)
  if (now.is === 'changed') return refused(now.detail)
  if (!now.session) return done('it had ended')
  try {
    await endLife(job, now.session)
    return done()
  } catch (error) {
    if (!isGtError(error)) throw error
    return failed(error.message)
  }
}

/** Keeps a post-mortem if the agent has ended, then ends what is left of the session. */
export async function endLife({services, ref, worker}: Job, {backend, session}: FoundSession): Promise<void> {
  const agent = agentOf({...workerSession(worker.name), env: () => ({})}, {...ref, name: worker.name})
  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
  await backend.stop(session, {graceMs: GRACE_MS})
}

/** Ends processes that outlived a session of the worker when its backend was killed. */
export async function endLeftovers({services, ref, worker}: Job): Promise<void> {
  const agent = agentOf(workerSession(worker.name), {...ref, name: worker.name})
  await services.endStrays(markerPrefix(agent), {graceMs: GRACE_MS})
}
