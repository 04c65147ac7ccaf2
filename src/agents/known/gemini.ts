import type {KnownAgent} from '../known-agent.js'

export const gemini: KnownAgent = {
  preset: {
    command: 'gemini',
    args: ['--approval-mode', 'yolo'],
    autoApprove: 'yolo',
    readyPromptPrefix: ' > ',
  },
  screens: [
    {
      // Measured: 0.61.0. Before 1.0 any minor release may redraw the screen, so the range is narrow.
      covers: {from: '0.58.0', below: '0.65.0'},
      prompt: {
        top: /^[─▄▀]{20,}/,
        first: /^ [>!*] /,
        bottom: /^[\s▄▀]*$/,
        below: 14,
        cursor: 'inside',
        gap: 3,
        // After an answer longer than the screen it leaves parts of the previous box.
        leftover: /^▀{20,}/,
      },
      // Its "Ready" is also there while it asks for trust or a sign-in, and proves nothing.
      titles: [
        {state: 'permission', pattern: /^\s*✋/},
        {state: 'busy', pattern: /^\s*✦/},
      ],
      lines: [
        // The model's own text begins one column further right.
        {state: 'busy', where: 'above', rows: 14, pattern: /^ [\u2800-\u28ff] \S/},
        // It disappears by itself, in spite of its legend.
        {
          state: 'starting',
          where: 'end',
          rows: 3,
          pattern: /^ ?│ [\u2800-\u28ff] Waiting for authentication/,
        },
      ],
      asks: [
        {state: 'question', pattern: /^enter to select · /im},
        {
          state: 'permission',
          pattern: /allow execution|apply this change|^(?:● )?\d\. allow (?:once|for this session)/im,
        },
        {
          state: 'dialog',
          pattern: /do you trust|how would you like to authenticate|enter gemini api key|get started/i,
        },
        {state: 'limit', pattern: /usage limit reached|quota|keep trying/i},
      ],
    },
  ],
  // Text as seen in 0.61.
  startDialogs: [{text: /do you trust the files in this folder/i, answer: /^Trust folder\b/}],
  promptSettlesMs: 1500,
}
