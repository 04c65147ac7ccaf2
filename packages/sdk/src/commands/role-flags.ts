import {Args, Flags} from '@oclif/core'
import type {StartOptions, StopOptions} from '../host.js'
import {parseDuration} from './duration.js'

/** `ignoreStdin`: oclif would otherwise read a missing argument from standard input. */
export const rigArgument = Args.string({description: 'Name of the rig', required: true, ignoreStdin: true})

export const optionalRigArgument = Args.string({
  description: 'Name of the rig; inferred from the current directory when absent',
  ignoreStdin: true,
})

/** The flags of every command that starts a session. */
export const startFlags = {
  agent: Flags.string({description: 'Agent alias to run (overrides the configured one)'}),
  env: Flags.string({
    description: 'Environment variable override (KEY=VALUE, can be repeated)',
    // Not `multiple`, which would swallow the arguments that follow.
    multiple: true,
    multipleNonGreedy: true,
  }),
  timeout: Flags.custom<number>({
    description: 'How long the agent may take to be ready, e.g. 90s or 2m',
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

/** The stop options that the flags stand for. */
export function stopOptions({grace, force}: StopFlags): StopOptions {
  if (force) return {graceMs: 0}
  return grace === undefined ? {} : {graceMs: grace}
}

const DEFAULT_TIMEOUT_MS = 60_000

interface StartFlags {
  agent?: string | undefined
  timeout?: number | undefined
}

/** The start options that the flags and the environment read from them stand for. */
export function startOptions({agent, timeout}: StartFlags, env: Record<string, string>): StartOptions {
  return {...(agent !== undefined && {agent}), env, timeoutMs: timeout ?? DEFAULT_TIMEOUT_MS}
}
