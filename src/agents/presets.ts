import {basename} from 'node:path'
import type {AgentPreset, BuiltInAgent} from '@gtown/sdk'

function preset(command: string, args: string[], more: Partial<AgentPreset> = {}): AgentPreset {
  return {command, args, processNames: [command], promptMode: 'arg', env: {}, ...more}
}

/** The agents that gt knows without any settings. Prompts as seen on the screens of the agents themselves. */
export const presets: Readonly<Record<string, AgentPreset>> = {
  claude: preset('claude', ['--dangerously-skip-permissions'], {
    autoApprove: '--dangerously-skip-permissions',
    processNames: ['node', 'claude'],
    readyPromptPrefix: '❯ ',
  }),
  gemini: preset('gemini', ['--approval-mode', 'yolo'], {autoApprove: 'yolo', readyPromptPrefix: ' > '}),
  // Its shared server would run the tools of all sessions: a stop would miss them, or end those of the others.
  codex: preset('codex', ['--yolo', '--no-daemon'], {autoApprove: '--yolo', readyPromptPrefix: '› '}),
  cursor: preset('cursor-agent', ['-f'], {processNames: ['cursor-agent', 'agent'], readyDelayMs: 5000}),
  auggie: preset('auggie', ['--allow-indexing']),
  amp: preset('amp', ['--dangerously-allow-all', '--no-ide']),
  // It takes an argument without an option for a directory. On its first page the prompt has no fixed column.
  opencode: preset('opencode', ['--prompt'], {
    processNames: ['opencode', 'node', 'bun'],
    env: {OPENCODE_PERMISSION: '{"*":"allow"}'},
    readyPromptPrefix: '  ┃',
  }),
  copilot: preset('copilot', ['--yolo'], {
    processNames: ['copilot', 'node'],
    autoApprove: '--yolo',
    readyPromptPrefix: '❯ ',
  }),
}

/** A role's own agent: this very gt, with a command of its own. */
export function builtInPreset({name, command, readyPromptPrefix}: BuiltInAgent): AgentPreset {
  return preset(process.execPath, [process.argv[1] ?? 'gt', ...command], {
    kind: name,
    processNames: [basename(process.execPath)],
    promptMode: 'silent',
    readyPromptPrefix,
  })
}

/** What every role runs when nothing is configured. */
export const defaultAgentName = 'claude'
