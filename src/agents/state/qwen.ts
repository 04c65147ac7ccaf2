import type {AgentRules} from './rules.js'

const rule = /^─{20,}/

export const qwen: AgentRules = {
  name: 'qwen',
  versions: [
    {
      // Measured: 0.15.10. Before 1.0 any minor release may redraw the screen.
      covers: {from: '0.15.0', below: '0.16.0'},
      prompt: {top: rule, first: /^[>!*] +/, bottom: rule, below: 12, cursor: 'below', cursorShown: false},
      lines: [
        // The model's own text begins two columns further to the right.
        {state: 'busy', where: 'above', rows: 14, pattern: /^ {2}[\u2800-\u28ff] \S/},
      ],
      asks: [
        {state: 'permission', pattern: /waiting for user confirmation|allow execution|apply this change/i},
        {state: 'dialog', pattern: /select authentication method|do you trust/i},
      ],
    },
  ],
}
