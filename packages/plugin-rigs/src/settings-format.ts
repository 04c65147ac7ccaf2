import type {AgentEntry, AgentSettings} from '@gtown/sdk'
import * as v from '@gtown/sdk/schema'
import type {FileFormat} from './files/json-file.js'

type SettingsFormat = FileFormat<v.GenericSchema<unknown, Omit<AgentSettings, 'file'>>>

const agentEntry = v.pipe(
  v.objectOf({
    command: v.nullish(v.text),
    args: v.nullish(v.listOf(v.text)),
    kind: v.nullish(v.text),
    auto_approve: v.nullish(v.text),
    bracketed_paste: v.nullish(v.boolean('expected true or false')),
    process_names: v.nullish(v.listOf(v.text)),
    prompt_mode: v.nullish(v.picklist(['arg', 'none'], 'expected "arg" or "none"')),
    ready_prompt_prefix: v.nullish(v.text),
    ready_delay_ms: v.nullish(v.pipe(v.number, v.minValue(0, 'expected 0 or more'))),
    env: v.nullish(v.recordOf(v.text)),
  }),
  v.transform(
    (entry): AgentEntry =>
      withoutAbsent({
        command: entry.command,
        args: entry.args,
        kind: entry.kind,
        autoApprove: entry.auto_approve,
        bracketedPaste: entry.bracketed_paste,
        processNames: entry.process_names,
        promptMode: entry.prompt_mode,
        readyPromptPrefix: entry.ready_prompt_prefix,
        readyDelayMs: entry.ready_delay_ms,
        env: entry.env,
      }),
  ),
)

const agents = v.nullish(v.recordOf(agentEntry), {})
const roleAgents = v.nullish(
  v.pipe(
    v.recordOf(v.text),
    v.transform((names) => Object.fromEntries(Object.entries(names).filter(([, name]) => name !== ''))),
  ),
  {},
)

/** The keys that a rig's settings and a town's have in common. */
const commonKeys = {
  version: v.nullish(v.number),
  agents,
  role_agents: roleAgents,
  session_backend: v.nullish(v.text),
  // Who uses these checks them.
  patrol: v.nullish(v.unknown()),
  escalate: v.nullish(v.unknown()),
  git: v.nullish(v.unknown()),
}
const commonFormat = v.objectOf(commonKeys)

/** `settings/config.json` of a rig. */
export const rigSettingsFormat: SettingsFormat = {
  version: 1,
  schema: v.pipe(
    v.objectOf({...commonKeys, agent: v.nullish(v.text)}),
    v.transform(({agent, ...common}) => settingsOf(common, agent)),
  ),
}

/** `settings/config.json` of a town. */
export const townSettingsFormat: SettingsFormat = {
  version: 1,
  schema: v.pipe(
    v.objectOf({...commonKeys, default_agent: v.nullish(v.text)}),
    v.transform(({default_agent, ...common}) => settingsOf(common, default_agent)),
  ),
}

function settingsOf(
  {agents, role_agents, session_backend, patrol, escalate, git}: v.InferOutput<typeof commonFormat>,
  agent: string | null | undefined,
): Omit<AgentSettings, 'file'> {
  return {
    agents,
    roleAgents: role_agents,
    ...defaults(agent, session_backend),
    ...withoutAbsent({patrol, escalate, git}),
  }
}

/** `settings/agents.json` of a rig or a town. */
export const agentsFormat: SettingsFormat = {
  version: 1,
  schema: v.pipe(
    v.objectOf({version: v.nullish(v.number), agents}),
    v.transform((content) => ({agents: content.agents, roleAgents: {}})),
  ),
}

/** The configured defaults. An empty name counts as absent. */
function defaults(
  agent: string | null | undefined,
  backend: string | null | undefined,
): Pick<AgentSettings, 'defaultAgent' | 'sessionBackend'> {
  return {...(agent && {defaultAgent: agent}), ...(backend && {sessionBackend: backend})}
}

/** Removes absent fields: entries override presets, and an undefined field would erase the preset's. */
function withoutAbsent<T extends object>(fields: T): {[Key in keyof T]?: NonNullable<T[Key]>} {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(present) as {[Key in keyof T]?: NonNullable<T[Key]>}
}
