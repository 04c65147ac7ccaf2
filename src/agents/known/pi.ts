import type {KnownAgent} from '../known-agent.js'

const rule = /^─{20,}/

export const pi: KnownAgent = {
  // As `pi --help` of 0.73.1 says: an argument is the first prompt. It asks for no permission, so no option turns that off.
  preset: {
    command: 'pi',
    args: [],
    processNames: ['pi', 'node'],
    // Its prompt is a blank row between two rules, and begins with nothing. It is drawn within a second.
    readyDelayMs: 3000,
  },
  screens: [
    {
      // Measured: 0.73.1. Before 1.0 any minor release may redraw the screen.
      covers: {from: '0.73.0', below: '0.74.0'},
      prompt: {top: rule, first: /^/, bottom: rule, below: 12, cursor: 'inside'},
      lines: [
        // The model's own text has the same column, but not one style for its first sign and another for the rest.
        {state: 'busy', where: 'above', rows: 4, pattern: /^ [\u2800-\u28ff] \S/, styles: 2},
      ],
      asks: [
        {state: 'dialog', pattern: /select (?:an? )?(?:authentication method|provider)|log ?in|api key for/i},
        {state: 'menu', pattern: /\b(?:models?|sessions?|settings|theme|thinking)\b/i},
      ],
    },
  ],
}
