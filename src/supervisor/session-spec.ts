import type {AgentPreset, RoleDefinition, Session, SessionSpec} from '@gtown/sdk'
import {kindOf} from '../agents/kind.js'
import type {AgentRef, SessionOf} from './agent-ref.js'

/** Version of the labels below. Raise it when their meaning changes. */
const LABEL_VERSION = '1'

const ACCEPTED = 'accepted'

/** Variables inherited from another agent's session or from npm that would mislead the agent. */
const MISLEADING = ['CLAUDECODE', 'NODE_OPTIONS']

export interface SpecInput {
  /** The AI agent to run. */
  chosen: {name: string; preset: AgentPreset; program: string; version?: string | undefined}
  /** True when gt knows the screens of this kind of agent. */
  showsKnownScreens: boolean
  /** True when the user named the agent for this start. */
  isRequested: boolean
  /** Absolute path of the directory that the session runs in. */
  cwd: string
  /** Environment that the user gave for this start. */
  env: Readonly<Record<string, string>>
  /** Whether dialogs about the agent itself may be answered: see `StartOptions`. */
  acceptDialogs: boolean
  /** Random text that identifies this life of the session. */
  incarnation: string
}

/**
 * Builds what a backend needs to start an agent's session. Only this module decides the precedence of environment
 * variables.
 */
export function sessionSpec(agent: AgentRef<RoleDefinition>, input: SpecInput): SessionSpec {
  const {role, town, rig, name} = agent
  const {chosen, cwd, incarnation} = input
  const env = environment(agent, input)
  return {
    name: agent.sessionName,
    cwd,
    command: command(agent, input),
    env,
    unsetEnv: MISLEADING.filter((variable) => !Object.hasOwn(env, variable)),
    labels: {
      version: LABEL_VERSION,
      town: town.realRoot,
      ...(rig && {rig: rig.name}),
      ...(name !== undefined && {name}),
      role: role.name,
      agent: chosen.name,
      kind: kindOf(chosen.preset),
      ...(chosen.version !== undefined && {agent_version: chosen.version}),
      ...(!input.showsKnownScreens && promptLabels(chosen.preset)),
      ...(input.acceptDialogs && {dialogs: ACCEPTED}),
      incarnation,
    },
    appearance: {title: `${role.icon} ${role.title(agent)}`, ...role.theme(agent)},
  }
}

/** Whether the session was started with permission to answer the agent's own dialogs. */
export function acceptsDialogs({labels}: Pick<Session, 'labels'>): boolean {
  return labels.dialogs === ACCEPTED
}

/** How to recognise the prompt of an agent whose screens gt does not know. */
function promptLabels(preset: AgentPreset): {prompt?: string; paste?: string} {
  const {readyPromptPrefix: prompt, bracketedPaste, promptMode} = preset
  if (prompt === undefined || promptMode === 'silent') return {}
  return {prompt, ...(bracketedPaste && {paste: 'bracketed'})}
}

/** The prompt is the last argument, if the agent takes one. */
function command(agent: AgentRef<RoleDefinition>, {chosen}: SpecInput): [string, ...string[]] {
  const prompt = chosen.preset.promptMode === 'arg' ? [agent.role.prompt(agent)] : []
  return [chosen.program, ...chosen.preset.args, ...prompt]
}

/**
 * Lowest precedence first: gt and the role, the agent, the user. `GT_SESSION_ID` cannot be overridden, because the
 * killer relies on it.
 */
function environment(agent: AgentRef<RoleDefinition>, input: SpecInput): Record<string, string> {
  const {chosen} = input
  return {
    GT_SESSION: agent.sessionName,
    GT_PROCESS_NAMES: chosen.preset.processNames.join(','),
    ...(input.isRequested && {GT_AGENT: chosen.name}),
    ...agent.role.env(agent),
    ...chosen.preset.env,
    ...input.env,
    GT_SESSION_ID: sessionMarker(agent, input.incarnation),
  }
}

/** The value of `GT_SESSION_ID` in every process of this session, and in no other process. */
export function sessionMarker(agent: SessionOf, incarnation: string): string {
  return `${markerPrefix(agent)}${incarnation}`
}

/** The prefix shared by the markers of all lives of a session. */
export function markerPrefix({town, sessionName}: SessionOf): string {
  return `${town.realRoot}/${sessionName}/`
}
