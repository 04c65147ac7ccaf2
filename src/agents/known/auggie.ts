import type {KnownAgent} from '../known-agent.js'

export const auggie: KnownAgent = {
  preset: {command: 'auggie', args: ['--allow-indexing']},
}
