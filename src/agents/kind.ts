import type {AgentPreset} from '@gtown/sdk'

/** The kind of an agent, which decides its screen rules and state file: from its settings, else its program's name. */
export function kindOf({kind, command}: Pick<AgentPreset, 'kind' | 'command'>): string {
  return kind ?? baseName(command)
}

export function baseName(command: string): string {
  return command.slice(command.lastIndexOf('/') + 1)
}
