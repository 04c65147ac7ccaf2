import {describe, expect, test} from 'vitest'
import {capture, captures, detectedAgents, own, read, showing, withStyledRows} from './captures.js'

describe('what real agents showed', () => {
  test.each(captures)('$agent $version, $label: $state', async (one) => {
    const {state, evidence} = await read(one)
    expect(state).toBe(one.state)
    expect(evidence.length).toBeGreaterThan(0)
  })

  test.each(captures)(
    '$agent $version, $label, on a terminal without colours: never idle by guess',
    async (one) => {
      const terminal = {...one.terminal, styledRows: one.terminal.rows}
      const {state} = await read({...one, terminal})
      if (one.state === 'busy') expect(['idle', 'draft', 'shell', 'dead']).not.toContain(state)
      if (['permission', 'question', 'dialog'].includes(one.state)) expect(state).toBe(one.state)
    },
  )

  test.each(captures)('$agent $version, $label, once its process has ended: dead', async (one) => {
    expect((await read({...one, alive: false})).state).toBe('dead')
  })
})

const withPrompt = captures.filter(({state}) => state === 'idle' || state === 'draft')

describe('what is missing', () => {
  test.each(withPrompt)('$agent $version, $label, the cursor on the first row: not idle', async (one) => {
    const cursor = {...one.terminal.cursor, column: 0, row: 0}
    const {state} = await read({...one, terminal: {...one.terminal, cursor}})
    expect(['idle', 'draft']).not.toContain(state)
  })

  test.each(['opencode', 'copilot'])(
    '%s, no line yet under the prompt, which tells work: not idle',
    async (agent) => {
      const one = capture(agent, 'busy-streaming')
      const last = one.terminal.rows.findLastIndex((row) => row !== '')
      const styledRows = one.terminal.styledRows.map((row, index) => (index === last ? '' : row))
      const {state} = await read({...one, terminal: withStyledRows(one.terminal, styledRows)})
      expect(state).toBe('unknown')
    },
  )

  test.each(['codex', 'opencode', 'copilot', 'aider'])(
    '%s, the cursor hidden as in a dialog: not idle',
    async (agent) => {
      const one = withPrompt.find((other) => other.agent === agent) ?? capture(agent, '')
      const cursor = {...one.terminal.cursor, visible: false}
      const {state} = await read({...one, terminal: {...one.terminal, cursor}})
      expect(['idle', 'draft']).not.toContain(state)
    },
  )

  test.each(detectedAgents)('%s, a blank screen: starting', async (agent) => {
    const terminal = showing('')
    expect((await read({agent, version: undefined, alive: true, terminal})).state).toBe('starting')
  })
})

describe('the choices, and the marked one', () => {
  test.each([
    ['claude', 'waiting-permission', 'Yes', 4],
    ['claude', 'trust-folder', 'No, exit', 2],
    ['claude', 'first-run-theme', 'Dark mode ✔', 7],
    ['codex', 'waiting-permission', 'Yes, proceed (y)', 3],
    ['opencode', 'waiting-permission', 'Allow once', 3],
    ['opencode', 'waiting-always-allow-confirm', 'Confirm', 2],
    ['gemini', 'trust-folder', 'Trust folder (gemini-fresh)', 3],
    ['gemini', 'limit-dialog', 'Keep trying', 2],
    ['qwen', 'waiting-permission', 'Yes, allow once', 4],
    ['pi', 'auth-login', 'Use a subscription', 2],
    ['copilot', 'waiting-permission', 'Yes', 3],
    ['aider', 'waiting-permission', 'Yes', 3],
  ])('%s, %s: %s', async (agent, label, marked, count) => {
    const {choices} = await read(capture(agent, label))
    expect(choices).toHaveLength(count)
    expect(choices?.filter((choice) => choice.marked)).toEqual([{label: marked, marked: true}])
  })

  test.each([
    ['claude', 'waiting-permission', ['Bash command', 'touch a.txt', 'Do you want to proceed?']],
    ['codex', 'waiting-permission', ['Would you like to run the following command?', '$ touch']],
    ['gemini', 'waiting-permission-typed', ['touch stub-made-file', 'Allow execution of [Shell]?']],
    ['aider', 'waiting-permission', ['sleep 15', 'Run shell commands?']],
  ])('%s, %s: the text has the question and what it is about', async (agent, label, parts) => {
    const {text} = await read(capture(agent, label))
    for (const part of parts) expect(text).toContain(part)
  })
})

test('claude lists commands, the last one in more than one row: menu', async () => {
  const listed = capture('claude', 'slash-menu')
  const rows = listed.terminal.rows.map((row) =>
    /^ {4}\/context /.test(row) ? row.replace(/\S+(?= {2})/, (name) => ' '.repeat(name.length)) : row,
  )
  expect(rows).not.toEqual(listed.terminal.rows)
  expect((await read({...listed, terminal: {...listed.terminal, rows}})).state).toBe('menu')
})

test.each([
  ['p nudge', 'draft'],
  ['', 'idle'],
])('gemini, the end of an older box left under its prompt "%s": %s', async (typed, state) => {
  const [upper, lower] = ['▄'.repeat(80), '▀'.repeat(80)]
  const footer = [' workspace (/directory)   sandbox', ' /srv/example   no sandbox', '']
  const above = ['  Step 21 of the patrol.', '', '─'.repeat(80), ' YOLO Ctrl+Y', upper]
  const rows = [...above, ` * ${typed}`, lower, ...footer, lower, ...footer]
  const terminal = showing(rows.join('\n'), {cursor: {column: 3, row: above.length, visible: false}})
  const reading = await read({agent: 'gemini', version: undefined, alive: true, terminal})
  expect(reading.state).toBe(state)
})

describe('two sources', () => {
  test.each([
    ['busy', 'ready-idle', 'busy'],
    ['busy', 'idle-typed', 'busy'],
    ['busy', 'waiting-permission', 'permission'],
    ['permission', 'waiting-permission', 'permission'],
    ['question', 'waiting-permission', 'permission'],
    ['idle', 'idle-typed', 'draft'],
    ['idle', 'slash-menu', 'menu'],
    ['idle', 'trust-folder', 'dialog'],
    ['idle', 'waiting-permission', 'permission'],
  ] as const)('claude says %s, its screen is that of %s: %s', async (said, label, expected) => {
    expect((await read({...capture('claude', label), own: own(said)})).state).toBe(expected)
  })

  test.each([
    ['idle', 'busy-streaming'],
    ['permission', 'ready-idle'],
    ['permission', 'idle-typed'],
    ['permission', 'busy-streaming'],
    ['busy', 'shell'],
  ] as const)(
    'claude says %s, its screen is that of %s: unknown, with both as evidence',
    async (said, label) => {
      const {state, evidence, text} = await read({...capture('claude', label), own: own(said)})
      expect(state).toBe('unknown')
      expect(evidence.map(({source}) => source)).toContain('own')
      expect(evidence.length).toBeGreaterThan(1)
      expect(text).toContain('contradict')
    },
  )

  test.each([
    ['codex', 'ready-idle', '⠧ projx4', 'busy'],
    ['codex', 'ready-idle', '[ ! ] Action Required | projx4', 'unknown'],
    ['codex', 'busy-streaming', 'vm', 'unknown'],
    ['codex', 'ready-idle', '', 'unknown'],
    ['gemini', 'ready-idle', '✋  Action Required (gemini)', 'unknown'],
    ['gemini', 'ready-idle', '✦  Working… (gemini)', 'busy'],
    ['gemini', 'waiting-permission-typed', '◇  Ready (gemini)', 'permission'],
  ])('%s, %s, with the title %s: %s', async (agent, label, title, expected) => {
    const one = capture(agent, label)
    expect((await read({...one, terminal: {...one.terminal, title}})).state).toBe(expected)
  })

  test('claude says idle, its screen is blank: starting', async () => {
    const reading = await read({...capture('claude', 'ready-idle'), terminal: showing(''), own: own('idle')})
    expect(reading.state).toBe('starting')
  })

  test('an agent’s leftovers above a shell are not its state', async () => {
    const {terminal} = capture('claude', 'waiting-permission')
    const styledRows = [...terminal.styledRows.filter((row) => row !== ''), 'shell$']
    const cursor = {column: 7, row: styledRows.length - 1, visible: true}
    const more = {cursor, command: 'bash', alternateScreen: false}
    const left = {...withStyledRows(terminal, styledRows), ...more}
    expect((await read({...capture('claude', 'waiting-permission'), terminal: left})).state).toBe('shell')
  })

  test('a shell that runs a program on the alternate screen does not wait for input', async () => {
    const one = capture('claude', 'shell')
    const {state} = await read({...one, terminal: {...one.terminal, alternateScreen: true}})
    expect(state).not.toBe('shell')
  })

  test('an agent whose wrapper script is in the foreground is not a shell', async () => {
    const one = capture('aider', 'done-idle')
    const {state} = await read({...one, terminal: {...one.terminal, command: 'sh'}})
    expect(state).toBe('unknown')
  })
})
