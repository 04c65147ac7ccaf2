import type {KnownAgent} from '../known-agent.js'

const rule = /^─{20,}/

export const qwen: KnownAgent = {
  // From `qwen --help` of 0.15.10: after answering a plain argument it exits.
  preset: {
    command: 'qwen',
    args: ['--approval-mode', 'yolo', '--prompt-interactive'],
    autoApprove: 'yolo',
    processNames: ['qwen', 'node'],
    // The prefix in this mode; in others it is `> `.
    readyPromptPrefix: '* ',
  },
  screens: [
    {
      // Measured: 0.15.10. Before 1.0 any minor release may redraw the screen.
      covers: {from: '0.15.0', below: '0.16.0'},
      prompt: {top: rule, first: /^[>!*] +/, bottom: rule, below: 12, cursor: 'below', cursorShown: false},
      lines: [
        // Its spinner is dots inside tmux. The model's own text begins two columns further right.
        {
          state: 'busy',
          where: 'above',
          rows: 14,
          pattern: /^ {2}(?:[\u2800-\u28ff]|\. {2}|\.\. |\.\.\.) \S/,
        },
        // It accepts no text yet, although it shows its prompt.
        {
          state: 'starting',
          where: 'below',
          rows: 1,
          pattern: /^ {2}(?:[\u2800-\u28ff]|\. {2}|\.\. |\.\.\.) Initializing/,
        },
      ],
      asks: [
        {state: 'permission', pattern: /waiting for user confirmation|allow execution|apply this change/i},
        {state: 'dialog', pattern: /select authentication method|do you trust/i},
      ],
    },
  ],
  startDialogs: [{text: /do you trust the files in this folder/i, answer: /^Trust folder\b/}],
  promptSettlesMs: 1500,
}
