import type {KnownAgent} from '../known-agent.js'

export const amp: KnownAgent = {
  preset: {command: 'amp', args: ['--dangerously-allow-all', '--no-ide']},
}
