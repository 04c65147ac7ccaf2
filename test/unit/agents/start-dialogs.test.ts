import type {AgentReading} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {answerTo} from '../../../src/agents/start-dialogs.js'

function dialog(
  text: string,
  labels: string[],
  marked: number,
  state: AgentReading['state'] = 'dialog',
): AgentReading {
  return {
    state,
    text,
    evidence: [],
    choices: labels.map((label, index) => ({label, marked: index === marked})),
  }
}

const trust = 'Is this a project you created or one you trust?'

test.each([
  [
    'the right choice is marked',
    'claude',
    dialog(trust, ['Yes, I trust this folder', 'No, exit'], 0),
    'Enter',
  ],
  ['the right choice is below', 'claude', dialog(trust, ['No, exit', 'Yes, I trust this folder'], 0), 'Down'],
  ['the right choice is above', 'claude', dialog(trust, ['Yes, I trust this folder', 'No, exit'], 1), 'Up'],
  ['no choice is marked', 'claude', dialog(trust, ['Yes, I trust this folder', 'No, exit'], -1), undefined],
  ['there is no such choice', 'claude', dialog(trust, ['Sure', 'No, exit'], 0), undefined],
  ['its choices were not read', 'claude', dialog(trust, [], 0), undefined],
  ['another dialog', 'claude', dialog('Accept the terms?', ['Yes, I accept'], 0), undefined],
  ["another agent's dialog", 'codex', dialog(trust, ['Yes, I trust this folder', 'No, exit'], 0), undefined],
  [
    'an agent of which no dialog is known',
    'constructor',
    dialog(trust, ['Yes, I trust this folder'], 0),
    undefined,
  ],
  [
    'an idle agent that was asked so once',
    'claude',
    dialog(trust, ['Yes, I trust this folder'], 0, 'idle'),
    undefined,
  ],
])('%s', (_, kind, reading, key) => {
  expect(answerTo(kind, reading)).toBe(key)
})
