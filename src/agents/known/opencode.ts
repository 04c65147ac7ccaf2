import type {KnownAgent} from '../known-agent.js'

export const opencode: KnownAgent = {
  preset: {
    command: 'opencode',
    // It takes a plain argument for a directory.
    args: ['--prompt'],
    processNames: ['opencode', 'node', 'bun'],
    env: {OPENCODE_PERMISSION: '{"*":"allow"}'},
    // On its first page the prompt has no fixed column.
    readyPromptPrefix: '  ┃',
  },
  screens: [
    {
      // Measured: 1.18.33.
      covers: {from: '1.18.0', below: '1.19.0'},
      prompt: {
        top: /^(?!\s*┃)/,
        first: /^\s*┃/,
        bottom: /^\s*╹▀{10,}/,
        inset: 1,
        margin: /^\s*┃/,
        footed: true,
        below: 8,
        cursor: 'inside',
        cursorShown: true,
      },
      lines: [
        {state: 'busy', where: 'below', rows: 3, pattern: /\besc (?:again to )?interrupt\b|[■⬝]{8}/},
        {state: 'menu', where: 'inside', rows: 3, pattern: /^\s*┃ [/@][\w./-]+ {2,}\S.*┃\s*$/},
        // A modal has its name and `esc` in its first row, and the cursor in the line below.
        {
          state: 'dialog',
          where: 'cursor',
          rows: 4,
          pattern: /(?:API key|provider|log ?in|auth).* {3,}esc\s*$/i,
        },
        {state: 'menu', where: 'cursor', rows: 4, pattern: /^ +\S.* {3,}esc\s*$/},
      ],
      asks: [
        {state: 'permission', pattern: /△ (?:Permission required|Always allow|Reject)/},
        {state: 'question', pattern: /enter submit\s+esc dismiss/i},
      ],
    },
  ],
}
