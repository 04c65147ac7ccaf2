import type {RestartResult, StartResult} from '@gtown/sdk'
import type {RoleView} from '@gtown/sdk/commands'
import {renderStatus} from './status-view.js'

/** The texts of the commands of every role, word for word those of the original. */
export const deaconView: RoleView = {
  starting: () => 'Starting Deacon session...',
  startFailed: 'starting deacon',
  alreadyRunning: 'Deacon session already running. Attach with: gt deacon attach',

  started: (_, result, style) => ({
    text: [
      `${style.bold('✓')} Deacon session started. Attach with: ${style.dim('gt deacon attach')}`,
      ...fallbackLines(result),
    ].join('\n'),
    json: {outcome: result.outcome, session: result.session.name, ...agentFacts(result)},
  }),

  notRunning: 'Deacon session is not running',

  stopped: (_, {outcome, sessionName}, style) => ({
    text: `${style.bold('✓')} Deacon session stopped.`,
    json: {outcome, session: sessionName},
  }),

  restarting: () => 'Restarting Deacon...',

  restarted: (_, result, style) => ({
    text: [
      `${style.bold('✓')} Deacon restarted`,
      ...fallbackLines(result),
      `  ${style.dim("Use 'gt deacon attach' to connect")}`,
    ].join('\n'),
    json: {
      outcome: result.outcome,
      session: result.session.name,
      ...agentFacts(result),
      was_running: result.wasRunning,
    },
  }),

  status: (_, status, style) => renderStatus(status, {}, style),
  startedForAttach: (_, started) =>
    ['Deacon session not running, starting...', ...fallbackLines(started)].join('\n'),
  attached: (_, session, started) => ({outcome: 'detached', session, started}),
}

function fallbackLines(result: StartResult | RestartResult): string[] {
  return 'isFallback' in result && result.isFallback
    ? [`  It runs the built-in agent '${result.agent}', by rules: no AI agent is configured or installed`]
    : []
}

function agentFacts(result: StartResult | RestartResult): Record<string, unknown> {
  if (!('agent' in result)) return {}
  return {agent: result.agent, ...(result.isFallback && {agent_fallback: true})}
}
