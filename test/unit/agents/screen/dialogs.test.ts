import type {AgentState} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {read, showing, withStyledRows} from './captures.js'

const rule = '─'.repeat(100)
const box = (lines: string) =>
  `╭${rule}╮\n${lines
    .split('\n')
    .map((line) => `│ ${line}`)
    .join('\n')}\n╰${rule}╯`

/** Dialogs that were not used to write the rules, in words that these agents use or could use. */
const dialogs: readonly (readonly [agent: string, state: AgentState, text: string])[] = [
  [
    'claude',
    'question',
    `${rule}\n ☐ Colour\n\nDo you want to use the login or the update theme?\n\n❯ 1. Red\n     Warm\n  2. Blue\n     Cold\n${rule}\n  3. Chat about this\n\nEnter to select · ↑/↓ to navigate · Esc to cancel`,
  ],
  [
    'claude',
    'permission',
    `${rule}\n Edit file\n login.ts\n╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌\n 1 -usage limit reached\n 2 +log in and trust\n╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌\n Do you want to make this edit to login.ts?\n ❯ 1. Yes\n   2. Yes, allow all edits during this session (shift+tab)\n   3. No\n\n Esc to cancel · Tab to amend`,
  ],
  [
    'claude',
    'permission',
    `${rule}\n Fetch\n\n   https://example.com/login\n\n Do you want to allow Claude to fetch this content?\n   1. Yes\n ❯ 2. Yes, and don't ask again for example.com\n   3. No, and tell Claude what to do differently (esc)`,
  ],
  [
    'claude',
    'permission',
    `${rule}\n Ready to code?\n\n Here is Claude's plan:\n╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌\n Log in\n╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌\n Would you like to proceed?\n\n ❯ 1. Yes, and auto-accept edits\n   2. No, keep planning\n\n ctrl-g to edit in Vim`,
  ],
  [
    'claude',
    'dialog',
    `${rule}\n  Detected a custom API key in your environment\n\n  Do you want to use this API key?\n\n    1. Yes\n  ❯ 2. No (recommended) ✔\n\n  Enter to confirm · Esc to cancel`,
  ],
  [
    'claude',
    'dialog',
    ' Use the url below to sign in\n\n https://claude.ai/oauth\n\n Paste code here if prompted > ',
  ],
  [
    'claude',
    'menu',
    `${rule}\n  Select model\n  Switch between models.\n\n  ❯ 1. Default ✔\n    2. Sonnet\n\n  Enter to confirm · Esc to exit`,
  ],
  [
    'claude',
    'limit',
    `${rule}\n What do you want to do?\n\n ❯ 1. Stop and wait for limit to reset\n   2. Upgrade your plan\n\n Enter to confirm · Esc to cancel`,
  ],
  [
    'codex',
    'dialog',
    '> You are in /srv/example\n\n  Do you trust the contents of this directory?\n\n› 1. Yes, continue\n  2. No, quit\n\n  Press enter to continue',
  ],
  [
    'codex',
    'dialog',
    '  ✨ Update available! 0.169.0 -> 0.170.0\n\n› 1. Update now\n  2. Skip\n\n  Press enter to continue',
  ],
  [
    'codex',
    'permission',
    "  Would you like to make the following edits?\n\n  login.ts (+1 -0)\n\n    1 +hello\n\n› 1. Yes, proceed (y)\n  2. Yes, and don't ask again for these files (a)\n  3. No, and tell Codex what to do differently (esc)\n\n  Press enter to confirm or esc to cancel",
  ],
  [
    'codex',
    'question',
    '  Question 1/1\n  Which colour?\n\n  › 1. Red   Warm\n    2. Blue  Cold\n\n  tab to add notes | enter to submit answer',
  ],
  [
    'gemini',
    'permission',
    box(
      '?  Edit login.ts\n\nApply this change?\n\n● 1. Allow once\n  2. Allow for this session\n  3. No, suggest changes (esc)',
    ),
  ],
  [
    'gemini',
    'question',
    box(
      'Which colour should it have?\n\n● 1.  Red\n      Warm\n  2.  Blue\n\nEnter to select · Esc to cancel',
    ),
  ],
  ['qwen', 'dialog', box('Do you trust this folder?\n\n› 1. Trust folder (x)\n  2. No')],
  [
    'copilot',
    'dialog',
    box(
      'Confirm folder trust\n\n/srv/example\n\n❯ 1. Yes\n  2. No (Esc)\n\n↑/↓ to navigate · enter to select',
    ),
  ],
  [
    'copilot',
    'question',
    box(
      'Which colour?\n\n❯ 1. Red\n  2. Blue\n  3. Other (type your answer)\n\n↑/↓ to navigate · enter to select',
    ),
  ],
  ['copilot', 'permission', box('Edit file\nlogin.ts\nDo you want to edit login.ts?\n\n❯ 1. Yes\n  2. No')],
  [
    'opencode',
    'question',
    '  ┃\n  ┃  Which login?\n  ┃\n  ┃  1. Red\n  ┃  2. Blue\n  ┃\n  ┃  ↑↓ select  enter submit  esc dismiss',
  ],
  [
    'pi',
    'dialog',
    `${rule}\n\n Enter API key for stub:\n\n sk-\n\n enter submit  escape/ctrl+c cancel\n\n${rule}\n/home`,
  ],
  ['pi', 'menu', `${rule}\n\n Select model\n\n → one [stub] ✓\n   two [stub]\n\n${rule}\n/home`],
]

describe('a dialog', () => {
  test.each(dialogs)('%s, %s', async (agent, state, text) => {
    const reading = await read({agent, version: undefined, alive: true, terminal: showing(text)})
    expect(reading.state).toBe(state)
    expect(reading.text).not.toBe('')
  })

  test.each(dialogs)('%s, %s: never idle with the cursor in it', async (agent, _state, text) => {
    const rows = text.split('\n')
    for (const row of rows.keys()) {
      const terminal = showing(text, {cursor: {column: 2, row, visible: true}})
      const {state} = await read({agent, version: undefined, alive: true, terminal})
      expect(['idle', 'draft']).not.toContain(state)
    }
  })

  test.each([
    ['Create new file? (Y)es/(N)o [Yes]: ', 'permission'],
    ["Add x.ts to the chat? (Y)es/(N)o/(A)ll/(D)on't ask again [Yes]: ", 'question'],
  ])('aider asks: %s', async (line, expected) => {
    const terminal = showing(`x.ts\n${line}`, {cursor: {column: 40, row: 1, visible: true}})
    expect((await read({agent: 'aider', version: undefined, alive: true, terminal})).state).toBe(expected)
  })
})

test('gemini looks for its key at the start, without a question: starting', async () => {
  const terminal = showing(box('\n⠋ Waiting for authentication... (Press Esc or Ctrl+C to cancel)\n'))
  expect((await read({agent: 'gemini', version: undefined, alive: true, terminal})).state).toBe('starting')
})

test('a dialog of one line that includes its keys: that line is its text', async () => {
  const line = 'Paste the code here (enter to confirm)'
  const terminal = showing(box(line))
  const {state, text} = await read({agent: 'qwen', version: undefined, alive: true, terminal})
  expect({state, text}).toEqual({state: 'dialog', text: line})
})

describe('an unknown program', () => {
  const any = {agent: 'other', version: '1.0', alive: true}

  test.each([
    ['Overwrite? [y/N] ', 'question'],
    ['Do you want to run this command? (y/n) ', 'permission'],
  ])('%s: %s', async (line, expected) => {
    const terminal = showing(line, {cursor: {column: line.length, row: 0, visible: true}})
    expect((await read({...any, terminal})).state).toBe(expected)
  })

  test.each(['> ', '❯ ', 'ready', ''])('showing "%s": unknown, with a reason', async (line) => {
    const {state, text} = await read({...any, terminal: showing(line)})
    expect(state).toBe('unknown')
    expect(text).toContain('other')
  })

  test('a shell in the foreground: shell', async () => {
    const terminal = showing('$ ', {
      command: '-zsh',
      alternateScreen: false,
      cursor: {column: 2, row: 0, visible: true},
    })
    expect((await read({...any, terminal})).state).toBe('shell')
  })

  test('its process has ended: dead', async () => {
    expect((await read({...any, alive: false, terminal: showing('Overwrite? [y/N]')})).state).toBe('dead')
    const cursor = {column: 2, row: 0, visible: true}
    const terminal = showing('$ ', {command: 'zsh', alternateScreen: false, cursor})
    expect((await read({...any, alive: false, terminal})).state).toBe('dead')
  })
})

test.each([
  ['claude', `${rule}\n!\n${rule}\n  ! for bash mode`],
  ['copilot', `${rule}\n!\n${rule}\n shell mode`],
  ['qwen', `${rule}\n!   Type a command\n${rule}\n`],
])('%s, a prompt that takes commands of a shell: not idle', async (agent, text) => {
  const below = agent === 'qwen'
  const cursor = {column: 2, row: below ? 3 : 1, visible: !below}
  const styled = text.split('\n').map((row) => row.replace(/Type.*/, (hint) => `\u001b[2m${hint}\u001b[22m`))
  const terminal = withStyledRows(
    showing(text, {cursor}),
    styled.map((row) => `\u001b[39m${row}`),
  )
  expect((await read({agent, version: undefined, alive: true, terminal})).state).toBe('shell')
})

test.each(['  -- NORMAL --', '  [NORMAL] main', '  -- VISUAL --'])(
  'claude, letters are commands, as "%s" says: not idle',
  async (footer) => {
    const text = `${rule}\n❯\u00a0\n${rule}\n${footer}`
    const terminal = showing(text, {cursor: {column: 2, row: 1, visible: true}})
    expect((await read({agent: 'claude', version: undefined, alive: true, terminal})).state).toBe('unknown')
  },
)

test.each([
  ['$ claude', 'starting'],
  ['$ claude\nloading', 'starting'],
  ['$ claude\nloading\na text of the model', 'unknown'],
])('claude, without a prompt: %j: %s', async (text, state) => {
  expect(
    (await read({agent: 'claude', version: undefined, alive: true, terminal: showing(text)})).state,
  ).toBe(state)
})

test.each([
  [12, 'idle'],
  [13, 'unknown'],
])('claude, %s rows of text under the box: %s', async (count, state) => {
  const below = Array.from({length: count}, () => '  a line')
  const text = [rule, '❯\u00a0', rule, ...below].join('\n')
  const terminal = showing(text, {cursor: {column: 2, row: 1, visible: true}})
  expect((await read({agent: 'claude', version: undefined, alive: true, terminal})).state).toBe(state)
})
