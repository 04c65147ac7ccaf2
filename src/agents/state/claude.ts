import type {AgentRules} from './rules.js'

const rule = /^─{20,}/

export const claude: AgentRules = {
  name: 'claude',
  versions: [
    {
      // Measured: 2.1.197 and 2.1.330. Between them the screen changed little, and a new minor release is a new entry.
      covers: {from: '2.1.0', below: '2.2.0'},
      // The blank at the end of its empty prompt is not in the rows.
      prompt: {
        top: rule,
        first: /^(?:❯(?:\u00a0|$)|![\s\u00a0]?)/,
        bottom: rule,
        below: 12,
        cursor: 'inside',
      },
      lines: [
        // The mark is grey while it works, whatever stands in the prompt.
        {state: 'busy', where: 'inside', rows: 1, pattern: /^❯/, begins: 'faint'},
        {state: 'busy', where: 'below', rows: 12, pattern: /\besc to interrupt\b/},
        // The model's own text stands two columns to the right of these.
        {state: 'busy', where: 'above', rows: 16, pattern: /^[·✢✳✶✻✽*∗] .*retrying in \d+/},
        {state: 'busy', where: 'above', rows: 16, pattern: /^[·✢✳✶✻✽*∗] .*…/, styles: 2},
        // Its survey takes the next digit that is typed.
        {state: 'dialog', where: 'above', rows: 2, pattern: /^ {2}1: \S+ .*\b0: Dismiss/},
        {
          state: 'limit',
          where: 'above',
          rows: 3,
          pattern: /^ {2}⎿ {2}.*(?:(?:hit|reached) your .*limit|limit reached)/,
        },
      ],
      // 2.1.197 shows in the title that it works, 2.1.330 does not.
      titles: [{state: 'busy', pattern: /^[\u2800-\u28ff] /}],
      asks: [
        {state: 'question', pattern: /^enter to select · /im},
        {state: 'permission', pattern: /esc to cancel · tab to amend|^do you want to (?!use this api key)/im},
        {state: 'limit', pattern: /limit to reset|(?:hit|reached) your .*limit/i},
        {state: 'menu', pattern: /^select model$|^resume session|enter to confirm · esc to exit/im},
        {
          state: 'dialog',
          pattern: /enter to confirm · esc to cancel|press enter to continue|choose the text style/i,
        },
        {state: 'permission', pattern: /would you like to proceed\?|ready to (?:code|execute)/i},
        {state: 'menu', pattern: /to (?:search|cycle)\b|esc to (?:close|go back|exit)/i},
      ],
    },
  ],
}
