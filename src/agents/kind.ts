import type {AgentPreset} from '@gtown/sdk'

/** Whose screens and state files the agent has: what its settings say, else the name of its program. */
export function kindOf({kind, command}: Pick<AgentPreset, 'kind' | 'command'>): string {
  return kind ?? baseName(command)
}

export function baseName(command: string): string {
  return command.slice(command.lastIndexOf('/') + 1)
}
