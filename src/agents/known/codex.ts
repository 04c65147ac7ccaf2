import type {KnownAgent} from '../known-agent.js'

export const codex: KnownAgent = {
  preset: {
    command: 'codex',
    // Its shared server would run the tools of all sessions: a stop would miss them, or end those of other sessions.
    args: ['--yolo', '--no-daemon'],
    autoApprove: '--yolo',
    readyPromptPrefix: '› ',
  },
  screens: [
    {
      // Measured: 0.169.0. Before 1.0 any minor release may redraw the screen, so the range is narrow.
      covers: {from: '0.165.0', below: '0.175.0'},
      prompt: {first: /^[›!] ?(?!\d\. )/, bottom: /^\s*$/, below: 12, cursor: 'inside', cursorShown: true},
      titles: [
        {state: 'permission', pattern: /^\[ [!.] \] Action Required/},
        {state: 'busy', pattern: /^[\u2800-\u28ff] /},
      ],
      restingTitle: isProjectOf,
      lines: [
        {state: 'busy', where: 'above', rows: 8, pattern: /^[•◦] .*\besc to interrupt\)/, styles: 2},
        {state: 'limit', where: 'above', rows: 3, pattern: /^■ .*\busage limit\b/},
      ],
      asks: [
        {state: 'question', pattern: /enter to submit (?:answer|all)|tab to add notes/i},
        {state: 'permission', pattern: /would you like to|tell codex what to do differently/i},
        {state: 'menu', pattern: /^(?:select|update) (?:model|approval|permission|personality|theme)/im},
        {state: 'dialog', pattern: /do you trust|\bhooks?\b|resume/i},
      ],
    },
  ],
  // Text as seen in 0.169.
  startDialogs: [{text: /do you trust|trust the contents/i, answer: /^Yes, (continue|allow)/}],
  promptSettlesMs: 1500,
}

/** When it is idle, the title is only the project: the name of a folder in the path that the footer shows. */
function isProjectOf(title: string, footer: string): boolean {
  const name = title.replace(/(?:…|\.\.\.)$/, '')
  return name !== '' && footer.split(/[\s/]+/).some((part) => part.startsWith(name))
}
