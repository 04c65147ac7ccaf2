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

/** What a worker's processes get to end by themselves. */
const GRACE_MS = 5000

/** Ends this very session with all its processes; another of its name is not touched. */
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

/** Keeps how its agent ended where it has, and ends what is left. */
export async function endLife({services, ref, worker}: Job, {backend, session}: FoundSession): Promise<void> {
  const agent = agentOf({...workerSession(worker.name), env: () => ({})}, {...ref, name: worker.name})
  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
  await backend.stop(session, {graceMs: GRACE_MS})
}

/** Ends what outlived a session of the worker whose backend was killed under it. */
export async function endLeftovers({services, ref, worker}: Job): Promise<void> {
  const agent = agentOf(workerSession(worker.name), {...ref, name: worker.name})
  await services.endStrays(markerPrefix(agent), {graceMs: GRACE_MS})
}
