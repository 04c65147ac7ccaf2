import {isGtError} from '@gtown/sdk'
import {nudge} from '../../nudge/nudge.js'
import {agentOf} from '../../supervisor/agent-ref.js'
import {workerSession} from '../../supervisor/worker-session.js'
import type {Action} from '../actions.js'
import {done, failed, type Outcome, refused} from '../report/outcome.js'
import {confirm} from './confirm.js'
import type {Job} from './job.js'

/** Time limits for delivery: later the worker may be doing something else. */
const PATIENCE = {waitMs: 12_000, expiresMs: 10_000}

/** Nudges the worker: the text is typed only into an empty prompt. */
export async function nudgeWorker(
  job: Job,
  {text, expect, afterLimit = false}: Extract<Action, {kind: 'nudge'}>,
  patience = PATIENCE,
): Promise<Outcome> {
  const now = await confirm(job, expect)
  if (now.is === 'changed') return refused(now.detail)
  const {services, ref, worker, signal} = job
  const role = {...workerSession(worker.name), sessionName: () => worker.sessionName}
  const agent = agentOf(role, {...ref, name: worker.name})
  try {
    const receipt = await nudge({...services, startDispatcher: noDispatcher}, agent, {
      text,
      ...patience,
      force: false,
      afterLimit,
      signal,
    })
    if (receipt.state === 'delivered') return done()
    const why = receipt.reason ?? `it is ${receipt.state}`
    return receipt.state === 'expired' ? refused(why) : failed(why)
  } catch (error) {
    if (!isGtError(error)) throw error
    return refused(error.message)
  }
}

/** No dispatcher, since an undelivered nudge is decided again in a later cycle. */
async function noDispatcher(): Promise<void> {}
