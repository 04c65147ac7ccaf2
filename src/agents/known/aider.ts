import type {KnownAgent} from '../known-agent.js'

export const aider: KnownAgent = {
  // From the source of 0.86.2 (args.py, main.py). A plain argument is a file, and `--message` exits after the answer.
  preset: {
    command: 'aider',
    // `--yes-always` would also accept an upgrade, telemetry and browser pages: the other arguments disable these questions.
    // It still refuses shell commands that the model proposes.
    args: [
      '--yes-always',
      '--no-check-update',
      '--no-analytics',
      '--no-show-release-notes',
      '--no-show-model-warnings',
    ],
    autoApprove: '--yes-always',
    processNames: ['aider', 'python3', 'python'],
    promptMode: 'none',
    readyPromptPrefix: '> ',
  },
  screens: [
    {
      // Measured: 0.86.2. Before 1.0 any minor release may redraw the screen.
      covers: {from: '0.86.0', below: '0.87.0'},
      prompt: {
        top: /^─{20,}/,
        first: /^(?:[a-z-]+ ?)*> ?/,
        below: 0,
        cursor: 'inside',
        cursorShown: true,
      },
      lines: [
        {
          state: 'starting',
          where: 'end',
          rows: 1,
          pattern: /^(?:Aider v|(?:Main |Weak )?model: |Git repo: |Repo-map: )/i,
        },
        {state: 'menu', where: 'inside', rows: 3, pattern: /^ \/[\w-]+(?: {2,}|$)/},
        // The output of a command can look like the prompt, but not in the prompt's colour.
        {state: 'busy', where: 'inside', rows: 1, pattern: /> ?/, begins: 'plain'},
      ],
      lineByLine: true,
      asks: [
        // It rejected an answer, and asks for one of its words.
        {state: 'question', pattern: /^please answer with one of/im},
        {
          state: 'permission',
          pattern: /run shell command|create new file|allow edits|allow creation|edit the files/i,
        },
        {state: 'question', pattern: /\(Y\)es\/\(N\)o/},
      ],
    },
  ],
}
