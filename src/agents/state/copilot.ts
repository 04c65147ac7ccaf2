import type {AgentRules} from './rules.js'

const rule = /^─{20,}/

export const copilot: AgentRules = {
  name: 'copilot',
  versions: [
    {
      // Measured: 1.0.102.
      covers: {from: '1.0.0', below: '1.1.0'},
      prompt: {
        top: rule,
        first: /^[❯!] ?/,
        bottom: rule,
        footed: true,
        below: 12,
        cursor: 'inside',
        cursorShown: true,
      },
      lines: [{state: 'busy', where: 'below', rows: 2, pattern: /^ [◉◎○●] \S/}],
      asks: [
        {state: 'permission', pattern: /do you want to (?!log)|tell copilot what to do differently/i},
        {state: 'dialog', pattern: /confirm folder trust|log in|sign in/i},
      ],
    },
  ],
}
