import type {Fact, RigRef, RoleStatus, Session, SessionEvidence, Style} from '@gtown/sdk'
import type {RoleView} from '@gtown/sdk/commands'
import {readingJson, readingLine} from './agent-state.js'

const ATTACH_HINT = "Use 'gt witness attach' to connect"

/** The output of the witness commands: exactly the original's text, and its JSON keys in its order. */
export const witnessView: RoleView<RigRef> = {
  starting: ({rig}) => `Starting witness for ${rig.name}...`,
  startFailed: 'starting witness',

  started({rig}, result, style) {
    const json = {outcome: result.outcome, rig_name: rig.name, session: result.session.name}
    if (result.outcome === 'already_running') {
      return {text: `${style.dim('⚠')} Witness is already running\n  ${style.dim(ATTACH_HINT)}`, json}
    }
    const lines = [
      `${style.bold('✓')} Witness started for ${rig.name}`,
      ...fallbackLines(result),
      `  ${style.dim(ATTACH_HINT)}`,
      `  ${style.dim("Use 'gt witness status' to check progress")}`,
    ]
    return {text: lines.join('\n'), json: {...json, ...agentFacts(result)}}
  },

  stopped({rig}, {outcome, sessionName}, style) {
    const text =
      outcome === 'stopped'
        ? `${style.bold('✓')} Witness stopped for ${rig.name}`
        : `${style.dim('⚠')} Witness is not running`
    return {text, json: {outcome, rig_name: rig.name, session: sessionName}}
  },

  restarting: ({rig}) => `Restarting witness for ${rig.name}...`,

  restarted({rig}, result, style) {
    const {outcome, wasRunning, session} = result
    const lines = [
      `${style.bold('✓')} Witness restarted for ${rig.name}`,
      ...fallbackLines(result),
      `  ${style.dim(ATTACH_HINT)}`,
    ]
    return {
      text: lines.join('\n'),
      json: {
        outcome,
        rig_name: rig.name,
        session: session.name,
        ...agentFacts(result),
        was_running: wasRunning,
      },
    }
  },

  status({rig}, status, style) {
    const running = status.liveness === 'alive'
    const json = {
      running,
      rig_name: rig.name,
      ...(running && {session: status.sessionName}),
      ...(status.workers.length > 0 && {monitored_polecats: status.workers}),
      liveness: running || status.liveness === 'outlived' ? 'alive' : 'dead',
      ...(status.session && sessionFacts(status, status.session)),
      ...(status.reason !== undefined && {reason: status.reason}),
      ...(status.postMortem !== undefined && {post_mortem: status.postMortem}),
      ...(status.reading && {state: readingJson(status.reading, status.evidence.session.at)}),
      evidence: evidence(status.evidence),
    }
    return {
      // Rendered only on access: a JSON status may cover hundreds of rigs.
      get text() {
        return statusText(rig.name, status, style)
      },
      json,
    }
  },

  startedForAttach: ({rig}, started) =>
    [`Started witness session for ${rig.name}`, ...fallbackLines(started)].join('\n'),

  attached: ({rig}, sessionName, started) => ({
    outcome: 'detached',
    rig_name: rig.name,
    session: sessionName,
    started,
  }),
}

/** The started agent. `isFallback` is true when nobody chose it. */
interface StartedAgent {
  agent: string
  isFallback: boolean
}

function fallbackLines({agent, isFallback}: StartedAgent): string[] {
  return isFallback
    ? [`  It runs the built-in agent '${agent}', by rules: no AI agent is configured or installed`]
    : []
}

function agentFacts({agent, isFallback}: StartedAgent): Record<string, unknown> {
  return {agent, ...(isFallback && {agent_fallback: true})}
}

/** Additional JSON keys about the session, after the original's keys. */
function sessionFacts({backend, liveness}: RoleStatus, session: Session): Record<string, unknown> {
  const {labels, pid, createdAt, attached, lastActivityAt, exit} = session
  return {
    ...(labels.agent !== undefined && {agent: labels.agent}),
    backend,
    pid,
    started_at: new Date(createdAt).toISOString(),
    attached: attached > 0,
    last_activity_at: new Date(lastActivityAt).toISOString(),
    ...(liveness === 'dead' && {exit: exit ?? {}}),
  }
}

/** The facts behind the status, each with its source and its age at the time of the backend's answer. */
function evidence({session, terminal, process, readiness}: SessionEvidence): Record<string, unknown> {
  const aged = ({value, source, at}: Fact<string>) => ({
    value,
    source,
    age_ms: Math.max(0, session.at - at),
  })
  return {
    session: aged(session),
    ...(terminal && {terminal: aged(terminal)}),
    ...(process && {process: aged(process)}),
    ...(readiness && {readiness: aged(readiness)}),
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

function stateLines({liveness, sessionName, reason, reading}: RoleStatus, style: Style): string[] {
  const why = reason ? [`  Reason: ${reason}`] : []
  if (liveness !== 'alive') return [`  State: ${style.dim('○ stopped')}`, ...why]
  // Only the original's lines, unless more is known.
  const agent = reading && reading.state !== 'unknown' ? [`  Agent: ${readingLine(reading)}`] : []
  return [`  State: ${style.bold('● running')}`, `  Session: ${sessionName}`, ...agent, ...why]
}
