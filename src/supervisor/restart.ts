import {
  ErrorCode,
  GtError,
  prefixed,
  type RestartResult,
  type RoleDefinition,
  type StartOptions,
  type StopOptions,
  type StopResult,
} from '@gtown/sdk'
import type {AgentRef} from './agent-ref.js'
import {prepare} from './prepare.js'
import type {Services} from './services.js'
import {startPrepared} from './start.js'
import {end} from './stop.js'

/**
 * Stops an agent's session and starts a fresh one. Problems with the agent or its program are found before the
 * running session is touched. If the stop fails, nothing is started.
 */
export async function restart(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  options: StartOptions & StopOptions,
): Promise<RestartResult> {
  const prepared = await prepare(services, agent, options)
  const {outcome} = await stopFirst(services, agent, options)
  options.signal?.throwIfAborted()
  const started = await startPrepared(services, agent, {...options, prepared})
  if (started.outcome === 'started')
    return {...started, outcome: 'restarted', wasRunning: outcome === 'stopped'}
  throw new GtError(`another command started session '${started.session.name}' meanwhile`, {
    code: ErrorCode.sessionExists,
    hint: 'It runs, but perhaps not as asked for here. Run restart again if that matters.',
  })
}

async function stopFirst(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  options: StopOptions,
): Promise<StopResult> {
  try {
    return await end(services, agent, options)
  } catch (error) {
    throw prefixed('stopping the running session', error)
  }
}
