import type {AgentReading} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {answerTo, promptSettlesMs} from '../../../src/agents/start-dialogs.js'

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
    'a question of the model',
    'claude',
    dialog(trust, ['Yes, I trust this folder'], 0, 'question'),
    undefined,
  ],
  ['a permission', 'claude', dialog(trust, ['Yes, I trust this folder'], 0, 'permission'), 'Enter'],
  [
    'an idle agent that was asked so once',
    'claude',
    dialog(trust, ['Yes, I trust this folder'], 0, 'idle'),
    undefined,
  ],
])('%s', async (_, kind, reading, key) => {
  expect(await answerTo(kind, reading)).toBe(key)
})

/** For each agent: its dialog's text, the choices that may be taken, and choices that merely look like them. */
const bypass = 'WARNING: Claude Code running in Bypass Permissions mode'
const folder = 'Do you trust the files in this folder?'
const answers: Readonly<
  Record<string, readonly (readonly [text: string, right: readonly string[], wrong: readonly string[]])[]>
> = {
  claude: [
    [
      bypass,
      ['Yes, I accept'],
      ['Yes, I accept, and do not ask again', 'No. Yes, I accept', 'Yes', 'No, exit', 'yes, i accept'],
    ],
    [
      trust,
      ['Yes, I trust this folder', 'Yes, proceed'],
      ['Yes, and always allow', 'No. Yes, I trust nothing', 'Yes', 'No, exit'],
    ],
  ],
  codex: [
    [
      'Do you trust the contents of this directory?',
      ['Yes, continue', 'Yes, allow Codex to work in this folder'],
      ['No. Yes, continue later', 'Yes, and remember', 'Yes', 'No, quit'],
    ],
  ],
  gemini: [
    [
      folder,
      ['Trust folder', 'Trust folder (x)'],
      ["Don't Trust folder", 'Trust parent folder (srv)', 'Trust folders', "Don't trust"],
    ],
  ],
  qwen: [
    [
      folder,
      ['Trust folder', 'Trust folder (x)'],
      ["Don't Trust folder", 'Trust parent folder (srv)', 'Trust folders', "Don't trust"],
    ],
  ],
  copilot: [
    [
      'Confirm folder trust',
      ['Yes'],
      ['Yes, and remember this folder for future sessions', 'No, not Yes', 'No (Esc)'],
    ],
  ],
}

const cases = Object.entries(answers).flatMap(([kind, known]) =>
  known.flatMap(([text, right, wrong]) => [
    ...right.map((label) => [kind, text, label, 'Enter'] as const),
    ...wrong.map((label) => [kind, text, label, undefined] as const),
  ]),
)

test.each(cases)('%s, "%s", "%s": %s', async (kind, text, label, key) => {
  expect(await answerTo(kind, dialog(text, ['other', label], 1))).toBe(key)
})

test.each(Object.keys(answers))('%s, a dialog of another kind: no key', async (kind) => {
  const labels = Object.values(answers).flatMap((known) => known.flatMap(([, right]) => right))
  for (const text of ['Sign in to go on', 'Accept the terms?', 'Buy more credits?', 'Use this API key?']) {
    expect(await answerTo(kind, dialog(text, labels, 0))).toBeUndefined()
  }
})

test.each([
  ['codex', true],
  ['gemini', true],
  ['qwen', true],
  ['claude', false],
  ['copilot', false],
])('%s draws an empty prompt before its dialogs: %s', async (kind, isLate) => {
  expect((await promptSettlesMs(kind)) > 0).toBe(isLate)
})
