import {expect, test} from 'vitest'
import {findChoices} from '../../../../src/agents/screen/choices.js'

/** Words side by side, with a background for those in capitals, and a hint far right. */
function buttons(...labels: string[]) {
  const shown = (label: string) => (label === label.toUpperCase() ? `\u001b[44m${label}\u001b[40m` : label)
  const row = (words: readonly string[]) => `  ${words.join('   ')}           esc`
  return findChoices([row(labels)], [`\u001b[40m${row(labels.map(shown))}`], 0, 1)?.choices
}

test('the word with its own background is marked', () => {
  expect(buttons('Once', 'ALWAYS', 'Reject')).toEqual([
    {label: 'Once', marked: false},
    {label: 'ALWAYS', marked: true},
    {label: 'Reject', marked: false},
  ])
})

test.each([[['Once', 'Always']], [['ONCE', 'ALWAYS', 'Reject']], [['ONCE']]])(
  '%j, of which not one alone is marked, are no choices',
  (labels) => expect(buttons(...labels)).toBeUndefined(),
)
