import type {AgentPreset, BuiltInAgent} from '@gtown/sdk'
import {baseName} from './kind.js'

/** A role's own agent: this very gt, with a command of its own. */
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
