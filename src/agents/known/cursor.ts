import type {KnownAgent} from '../known-agent.js'

export const cursor: KnownAgent = {
  preset: {
    command: 'cursor-agent',
    args: ['-f'],
    processNames: ['cursor-agent', 'agent'],
    readyDelayMs: 5000,
  },
}
