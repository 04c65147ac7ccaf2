import type {AgentReading, Session, SessionBackend, TerminalView} from '@gtown/sdk'
import {detectorFor} from '../agents/detector-for.js'
import {ownState} from '../agents/own-state.js'

/** The result of observing a session's agent once. */
export interface Observed {
  reading: AgentReading
  /** Absent when the backend shows no screens, and for an agent that has ended. */
  view?: TerminalView
}

/** Detects what the session's agent is doing. Costs one round trip to the backend, or none if the session has its view. */
export async function observe(
  {env}: {env: Readonly<Record<string, string | undefined>>},
  backend: SessionBackend,
  session: Session,
): Promise<Observed> {
  if (session.liveness === 'dead') return {reading: dead(backend, session)}
  const view = session.view ?? (await backend.view?.(session))
  if (!view) return {reading: {state: 'unknown', evidence: [], text: `${backend.name} shows no screens`}}
  const {kind = view.command, agent_version: version, prompt} = session.labels
  const {pid, createdAt: bornAt} = session
  const own = backend.local ? await ownState({kind, pid, bornAt, env}) : undefined
  const detector =
    prompt === undefined
      ? await detectorFor(kind)
      : (await import('../agents/screen/prompt-detector.js')).promptDetector(kind, prompt)
  const alive = session.liveness === 'alive'
  return {reading: detector.read({version, alive, terminal: view, ...(own && {own})}), view}
}

function dead({name}: SessionBackend, {lastActivityAt}: Session): AgentReading {
  const value = `its process has ended, says ${name}`
  return {state: 'dead', evidence: [{source: 'process', state: 'dead', value, at: lastActivityAt}]}
}
