import type {AgentRules} from './rules.js'

export const codex: AgentRules = {
  name: 'codex',
  versions: [
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
}

/** At rest the title is the project alone: the name of a folder on the path that the footer shows. */
function isProjectOf(title: string, footer: string): boolean {
  const name = title.replace(/(?:…|\.\.\.)$/, '')
  return name !== '' && footer.split(/[\s/]+/).some((part) => part.startsWith(name))
}
