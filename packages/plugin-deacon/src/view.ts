import type {RoleView} from '@gtown/sdk/commands'
import {renderStatus} from './status-view.js'

/** The words of the commands that every role has: the original's to the letter. */
export const deaconView: RoleView = {
  starting: () => 'Starting Deacon session...',
  startFailed: 'starting deacon',
  alreadyRunning: 'Deacon session already running. Attach with: gt deacon attach',

  started: (_, {outcome, session, ...more}, style) => ({
    text: `${style.bold('✓')} Deacon session started. Attach with: ${style.dim('gt deacon attach')}`,
    json: {outcome, session: session.name, ...more},
  }),

  notRunning: 'Deacon session is not running',

  stopped: (_, {outcome, sessionName}, style) => ({
    text: `${style.bold('✓')} Deacon session stopped.`,
    json: {outcome, session: sessionName},
  }),

  restarting: () => 'Restarting Deacon...',

  restarted: (_, {outcome, wasRunning, session, agent}, style) => ({
    text: `${style.bold('✓')} Deacon restarted\n  ${style.dim("Use 'gt deacon attach' to connect")}`,
    json: {outcome, session: session.name, agent, was_running: wasRunning},
  }),

  status: (_, status, style) => renderStatus(status, {}, style),
  startedForAttach: () => 'Deacon session not running, starting...',
  attached: (_, session, started) => ({outcome: 'detached', session, started}),
}
