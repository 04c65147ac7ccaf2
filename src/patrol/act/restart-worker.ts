import {isGtError} from '@gtown/sdk'
import {agentOf} from '../../supervisor/agent-ref.js'
import {acceptsDialogs} from '../../supervisor/session-spec.js'
import {start} from '../../supervisor/start.js'
import type {Expectation} from '../actions.js'
import {done, failed, type Outcome, refused} from '../report/outcome.js'
import {confirm} from './confirm.js'
import {endLife} from './end-session.js'
import type {Job} from './job.js'
import {restartedRole} from './restarted-role.js'

/** Within so long the agent must be ready: the others of the rig wait meanwhile. */
const READY_WITHIN_MS = 60_000

/** Starts the worker's agent anew, in the same sandbox and on the same branch. What is left of its session is ended first. */
export async function restartWorker(job: Job, expect: Expectation): Promise<Outcome> {
  const now = await confirm(job, expect)
  if (now.is === 'changed') return refused(now.detail)
  const {services, ref, worker, signal} = job
  const {sandbox, record, name} = worker
  if (sandbox.is !== 'present') return refused('it has no sandbox')
  const role = restartedRole(worker, sandbox.path)
  const agent = record?.agent ?? now.session?.session.labels.agent
  try {
    if (now.session) await endLife(job, now.session)
    const options = {
      timeoutMs: READY_WITHIN_MS,
      signal,
      ...(agent !== undefined && {agent}),
      // What was allowed at the spawn is allowed now, too.
      ...(now.session && acceptsDialogs(now.session.session) && {acceptDialogs: true}),
    }
    const {outcome} = await start(services, agentOf(role, {...ref, name}), options)
    return done(outcome === 'started' ? undefined : 'it was started by somebody else')
  } catch (error) {
    if (!isGtError(error)) throw error
    return failed(error.message)
  }
}
