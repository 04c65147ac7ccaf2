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

/** Time limit for the agent to get ready, since the rig's other workers wait meanwhile. */
const READY_WITHIN_MS = 60_000

/** Restarts the worker's agent in the same sandbox and on the same branch, after ending what is left of its session. */
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
      // A permission from the spawn is still valid.
      ...(now.session && acceptsDialogs(now.session.session) && {acceptDialogs: true}),
    }
    const {outcome} = await start(services, agentOf(role, {...ref, name}), options)
    return done(outcome === 'started' ? undefined : 'another process had started it')
  } catch (error) {
    if (!isGtError(error)) throw error
    return failed(error.message)
  }
}
