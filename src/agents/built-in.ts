import type {AgentPreset, BuiltInAgent} from '@gtown/sdk'
import {baseName} from './kind.js'

/** The preset of a role's built-in agent: this gt itself, with a subcommand. */
export function builtInPreset({name, command, readyPromptPrefix}: BuiltInAgent): AgentPreset {
  return {
    command: process.execPath,
    args: [process.argv[1] ?? 'gt', ...command],
    kind: name,
    processNames: [baseName(process.execPath)],
    promptMode: 'silent',
    env: {},
    readyPromptPrefix,
  }
}
