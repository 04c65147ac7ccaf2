import type {KnownAgent} from '../known-agent.js'

export const aider: KnownAgent = {
  // As the source of 0.86.2 says (args.py, main.py). An argument is a file, and `--message` ends with its answer.
  preset: {
    command: 'aider',
    // `--yes-always` would also agree to an upgrade, to telemetry and to pages in a browser: the other arguments turn these
    // questions off. It still refuses the shell commands that the model proposes.
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
        // It did not take an answer, and asks for one of its words.
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
