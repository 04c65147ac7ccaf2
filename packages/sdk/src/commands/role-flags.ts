import {Args, Flags, type Interfaces} from '@oclif/core'
import {parseDuration} from '../duration.js'
import type {StartOptions, StopOptions} from '../host-sessions.js'
import type {RoleDefinition} from '../role.js'

/** Without `ignoreStdin`, oclif would read a missing argument from standard input. */
const rigArgument = Args.string({description: 'Name of the rig', required: true, ignoreStdin: true})

const optionalRigArgument = Args.string({
  description: 'Name of the rig; inferred from the current directory when absent',
  ignoreStdin: true,
})

const everyRigArgument = Args.string({
  description: 'Name of the rig; every rig of the town when absent',
  ignoreStdin: true,
})

/** The argument of a role's command. A town role has none. */
export function agentArguments(
  {scope}: Pick<RoleDefinition, 'scope'>,
  {optional = false} = {},
): Interfaces.ArgInput {
  if (scope === 'town') return {}
  return {rig: optional ? optionalRigArgument : rigArgument}
}

/** The argument of a command that covers every rig of the town by default. */
export function fleetArguments({scope}: Pick<RoleDefinition, 'scope'>): Interfaces.ArgInput {
  return scope === 'town' ? {} : {rig: everyRigArgument}
}

export type FleetFlags = {all?: boolean}

/** The flag of a command that can cover every rig of the town. A town role has a single agent and no such flag. */
export function fleetFlags({scope}: Pick<RoleDefinition, 'scope'>): Interfaces.FlagInput<FleetFlags> {
  return scope === 'town' ? {} : {all: Flags.boolean({description: 'Every rig of the town'})}
}

/** The flags of every command that starts a session. */
export const startFlags = {
  agent: Flags.string({description: 'Agent alias to run (overrides the configured one)'}),
  backend: Flags.string({description: 'Session backend to start it on (overrides GT_BACKEND and settings)'}),
  env: Flags.string({
    description: 'Environment variable override (KEY=VALUE, can be repeated)',
    // Plain `multiple` would swallow the following arguments.
    multiple: true,
    multipleNonGreedy: true,
  }),
  'accept-dialogs': Flags.boolean({
    description:
      "Answer the agent's own start-up dialogs (trust, its warning before it works without asking)",
    allowNo: true,
  }),
  timeout: Flags.custom<number>({
    description: 'How long the agent may take to become ready, e.g. 90s or 2m',
    defaultHelp: async () => '60s',
    parse: async (text) => parseDuration(text),
  })(),
}

/** The flags of every command that ends a session. */
export const stopFlags = {
  grace: Flags.custom<number>({
    description: 'How long its processes may take to end by themselves, e.g. 10s',
    defaultHelp: async () => '5s',
    exclusive: ['force'],
    parse: async (text) => parseDuration(text),
  })(),
  force: Flags.boolean({description: 'End its processes at once, without asking them first'}),
}

interface StopFlags {
  grace?: number | undefined
  force?: boolean | undefined
}

/** The stop options for these flags. */
export function stopOptions({grace, force}: StopFlags): StopOptions {
  if (force) return {graceMs: 0}
  return grace === undefined ? {} : {graceMs: grace}
}

const DEFAULT_TIMEOUT_MS = 60_000

interface StartFlags {
  backend?: string | undefined
  agent?: string | undefined
  timeout?: number | undefined
  'accept-dialogs'?: boolean | undefined
}

/** The start options for these flags and the parsed environment. */
export function startOptions(
  {agent, backend, timeout, 'accept-dialogs': acceptDialogs}: StartFlags,
  env: Record<string, string>,
): StartOptions {
  return {
    ...(agent !== undefined && {agent}),
    ...(backend !== undefined && {backend}),
    ...(acceptDialogs !== undefined && {acceptDialogs}),
    env,
    timeoutMs: timeout ?? DEFAULT_TIMEOUT_MS,
  }
}
