import type {KnownAgent} from '../known-agent.js'

const rule = /^─{20,}/

export const pi: KnownAgent = {
  // From `pi --help` of 0.73.1: an argument is the first prompt. It never asks for permission, so it has no option for that.
  preset: {
    command: 'pi',
    args: [],
    processNames: ['pi', 'node'],
    // Its prompt is a blank row between two rules, without a prefix. It appears within a second.
    readyDelayMs: 3000,
  },
  screens: [
    {
      // Measured: 0.73.1. Before 1.0 any minor release may redraw the screen.
      covers: {from: '0.73.0', below: '0.74.0'},
      prompt: {top: rule, first: /^/, bottom: rule, below: 12, cursor: 'inside'},
      lines: [
        // The model's own text has the same column, but its first character has the style of the rest.
        {state: 'busy', where: 'above', rows: 4, pattern: /^ [\u2800-\u28ff] \S/, styles: 2},
      ],
      asks: [
        {state: 'dialog', pattern: /select (?:an? )?(?:authentication method|provider)|log ?in|api key for/i},
        {state: 'menu', pattern: /\b(?:models?|sessions?|settings|theme|thinking)\b/i},
      ],
    },
  ],
}
