import type {RoleStatus, Session, Style} from '@gtown/sdk'
import type {RoleView} from '@gtown/sdk/commands'

const ATTACH_HINT = "Use 'gt witness attach' to connect"

/** The words of the witness commands: the original's to the letter, and the JSON keys in its order. */
export const witnessView: RoleView = {
  starting: ({rig}) => `Starting witness for ${rig.name}...`,
  startFailed: 'starting witness',

  started({rig}, result, style) {
    const json = {outcome: result.outcome, rig_name: rig.name, session: result.session.name}
    if (result.outcome === 'already_running') {
      return {text: `${style.dim('⚠')} Witness is already running\n  ${style.dim(ATTACH_HINT)}`, json}
    }
    const lines = [
      `${style.bold('✓')} Witness started for ${rig.name}`,
      `  ${style.dim(ATTACH_HINT)}`,
      `  ${style.dim("Use 'gt witness status' to check progress")}`,
    ]
    return {text: lines.join('\n'), json: {...json, agent: result.agent}}
  },

  stopped({rig}, {outcome, sessionName}, style) {
    const text =
      outcome === 'stopped'
        ? `${style.bold('✓')} Witness stopped for ${rig.name}`
        : `${style.dim('⚠')} Witness is not running`
    return {text, json: {outcome, rig_name: rig.name, session: sessionName}}
  },

  restarting: ({rig}) => `Restarting witness for ${rig.name}...`,

  restarted({rig}, {outcome, wasRunning, session, agent}, style) {
    return {
      text: `${style.bold('✓')} Witness restarted for ${rig.name}\n  ${style.dim(ATTACH_HINT)}`,
      json: {outcome, rig_name: rig.name, session: session.name, agent, was_running: wasRunning},
    }
  },

  status({rig}, status, style) {
    const running = status.liveness === 'alive'
    const json = {
      running,
      rig_name: rig.name,
      ...(running && {session: status.sessionName}),
      ...(status.workers.length > 0 && {monitored_polecats: status.workers}),
      liveness: running ? 'alive' : 'dead',
      ...(status.session && evidence(status, status.session)),
    }
    return {text: statusText(rig.name, status, style), json}
  },

  startedForAttach: ({rig}) => `Started witness session for ${rig.name}`,

  attached: ({rig}, sessionName, started) => ({
    outcome: 'detached',
    rig_name: rig.name,
    session: sessionName,
    started,
  }),
}

/** What the state was told from, for programs; the original's keys stand before it. */
function evidence(
  {backend, liveness, reason, postMortem}: RoleStatus,
  session: Session,
): Record<string, unknown> {
  const {labels, pid, createdAt, attached, lastActivityAt, exit} = session
  return {
    ...(labels.agent !== undefined && {agent: labels.agent}),
    backend,
    pid,
    started_at: new Date(createdAt).toISOString(),
    attached: attached > 0,
    last_activity_at: new Date(lastActivityAt).toISOString(),
    ...(liveness === 'dead' && {exit: exit ?? {}}),
    ...(reason !== undefined && {reason}),
    ...(postMortem !== undefined && {post_mortem: postMortem}),
  }
}

function statusText(rigName: string, status: RoleStatus, style: Style): string {
  const workers = status.workers.map((name) => `    • ${name}`)
  return [
    `${style.bold('🦉')} Witness: ${rigName}`,
    '',
    ...stateLines(status, style),
    '',
    `  ${style.bold('Monitored Polecats:')}`,
    ...(workers.length > 0 ? workers : [`    ${style.dim('(none)')}`]),
  ].join('\n')
}

function stateLines({liveness, sessionName, reason}: RoleStatus, style: Style): string[] {
  const why = reason ? [`  Reason: ${reason}`] : []
  if (liveness !== 'alive') return [`  State: ${style.dim('○ stopped')}`, ...why]
  return [`  State: ${style.bold('● running')}`, `  Session: ${sessionName}`, ...why]
}
