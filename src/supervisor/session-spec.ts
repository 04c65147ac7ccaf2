import type {AgentPreset, RoleDefinition, RoleRef, Session, SessionSpec} from '@gtown/sdk'
import {kindOf} from '../agents/kind.js'

/** Layout of the labels below; raised when their meaning changes. */
const LABEL_VERSION = '1'

const ACCEPTED = 'accepted'

/** What an agent inherits from another agent's session or from npm, and would be misled by. */
const MISLEADING = ['CLAUDECODE', 'NODE_OPTIONS']

export interface SpecInput {
  role: RoleDefinition
  ref: RoleRef
  agent: {name: string; preset: AgentPreset; program: string; version?: string | undefined}
  /** True when gt knows the screens of this kind of agent. */
  showsKnownScreens: boolean
  /** True when the user named the agent for this start. */
  agentRequested: boolean
  /** Absolute path of the directory that the session runs in. */
  cwd: string
  /** Environment that the user gave for this start. */
  env: Readonly<Record<string, string>>
  /** Whether dialogs about the agent itself may be answered: see `StartOptions`. */
  acceptDialogs: boolean
  /** Random text: tells this life of the session from every other. */
  incarnation: string
}

/** Builds what a backend needs to start a role's session. The one place where the precedence of environment is decided. */
export function sessionSpec(input: SpecInput): SessionSpec {
  const {role, ref, agent, cwd, incarnation} = input
  const name = role.sessionName(ref)
  const env = environment(input, name)
  return {
    name,
    cwd,
    command: command(input),
    env,
    unsetEnv: MISLEADING.filter((variable) => !Object.hasOwn(env, variable)),
    labels: {
      version: LABEL_VERSION,
      town: ref.town.realRoot,
      ...(ref.rig && {rig: ref.rig.name}),
      ...(ref.name !== undefined && {name: ref.name}),
      role: role.name,
      agent: agent.name,
      kind: kindOf(agent.preset),
      ...(agent.version !== undefined && {agent_version: agent.version}),
      ...(!input.showsKnownScreens && promptLabels(agent.preset)),
      ...(input.acceptDialogs && {dialogs: ACCEPTED}),
      incarnation,
    },
    appearance: {title: `${role.icon} ${role.title(ref)}`, ...role.theme(ref)},
  }
}

/** Whether the session was started with the word that its agent's own dialogs may be answered. */
export function acceptsDialogs({labels}: Pick<Session, 'labels'>): boolean {
  return labels.dialogs === ACCEPTED
}

/** What an agent of unknown screens is recognised by. */
function promptLabels(preset: AgentPreset): {prompt?: string; paste?: string} {
  const {readyPromptPrefix: prompt, bracketedPaste, promptMode} = preset
  if (prompt === undefined || promptMode === 'silent') return {}
  return {prompt, ...(bracketedPaste && {paste: 'bracketed'})}
}

/** The prompt is the last argument, for agents that can be given one. */
function command({agent, role, ref}: SpecInput): [string, ...string[]] {
  const prompt = agent.preset.promptMode === 'arg' ? [role.prompt(ref)] : []
  return [agent.program, ...agent.preset.args, ...prompt]
}

/** Lowest first: gt and the role, the agent, the user. `GT_SESSION_ID` cannot be overridden: the killer goes by it. */
function environment(input: SpecInput, sessionName: string): Record<string, string> {
  const {role, ref, agent} = input
  return {
    GT_SESSION: sessionName,
    GT_PROCESS_NAMES: agent.preset.processNames.join(','),
    ...(input.agentRequested && {GT_AGENT: agent.name}),
    ...role.env(ref),
    ...agent.preset.env,
    ...input.env,
    GT_SESSION_ID: sessionMarker(ref, sessionName, input.incarnation),
  }
}

/** What every process of a session has in its environment as `GT_SESSION_ID`, and no other process. */
export function sessionMarker(ref: RoleRef, sessionName: string, incarnation: string): string {
  return `${markerPrefix(ref, sessionName)}${incarnation}`
}

/** What the markers of all lives of a session begin with. */
export function markerPrefix(ref: RoleRef, sessionName: string): string {
  return `${ref.town.realRoot}/${sessionName}/`
}
