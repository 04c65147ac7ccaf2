import type {RigRef} from '@gtown/sdk'
import type {RoleView} from '@gtown/sdk/commands'

/** The output of the commands, as text and as JSON. */
export const scribeView: RoleView<RigRef> = {
  starting: ({rig}) => `Starting the scribe of ${rig.name}...`,
  startFailed: 'starting the scribe',
  started: ({rig}, {outcome, session}) => ({
    text:
      outcome === 'started'
        ? `The scribe of ${rig.name} is writing.`
        : `The scribe of ${rig.name} is already writing.`,
    json: {outcome, rig: rig.name, session: session.name},
  }),
  stopped: ({rig}, {outcome}) => ({
    text:
      outcome === 'stopped' ? `The scribe of ${rig.name} has stopped.` : `There is no scribe in ${rig.name}.`,
    json: {outcome, rig: rig.name},
  }),
  restarting: ({rig}) => `Restarting the scribe of ${rig.name}...`,
  restarted: ({rig}, {outcome}) => ({
    text: `The scribe of ${rig.name} is writing.`,
    json: {outcome, rig: rig.name},
  }),
  status: ({rig}, {liveness, reason}) => ({
    text: `The scribe of ${rig.name}: ${liveness}${reason ? ` (${reason})` : ''}`,
    json: {rig: rig.name, liveness, ...(reason && {reason})},
  }),
  startedForAttach: ({rig}) => `Started the scribe of ${rig.name}.`,
  attached: ({rig}, session, started) => ({outcome: 'detached', rig: rig.name, session, started}),
}
