import type {KnownAgent} from '../known-agent.js'

const rule = /^─{20,}/

export const copilot: KnownAgent = {
  preset: {
    command: 'copilot',
    args: ['--yolo'],
    autoApprove: '--yolo',
    processNames: ['copilot', 'node'],
    readyPromptPrefix: '❯ ',
  },
  screens: [
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
  startDialogs: [{text: /confirm folder trust|do you trust/i, answer: /^Yes$/}],
}
