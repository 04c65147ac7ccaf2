import type {AgentPreset, Key, Session, SessionBackend, TerminalView} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {waitUntilReady} from '../../../src/supervisor/readiness.js'
import {showsPrompt} from '../../../src/supervisor/ready-signs.js'
import {aSession} from '../../support/refs.js'
import {fault} from '../nudge/support/fake-agent.js'

describe('a prompt on the screen', () => {
  test.each([
    ['an empty prompt, whose blank the screen does not keep', ['❯'], '❯ ', true],
    ['a prompt with text', ['❯ run the tests'], '❯ ', true],
    ['a no-break space after the sign', ['❯\u00a0Try "edit"'], '❯ ', true],
    ['a prompt below other lines', ['Welcome', '', '› ask me'], '› ', true],
    ['the sign in the middle of a line', ['see ❯ there'], '❯ ', false],
    ['the marked choice of a dialog', ['Do you trust this folder?', '❯ 1. Yes', '  2. No'], '❯ ', false],
    ['the marked choice of a dialog, indented', ['   ❯ 2) No, exit'], '   ❯ ', false],
    ['an empty screen', [], '❯ ', false],
  ])('%s', (_, lines, prefix, expected) => {
    expect(showsPrompt(lines, prefix)).toBe(expected)
  })
})

const rule = '─'.repeat(80)

/** Claude Code on paper: it asks whether it may trust the folder, with the wrong choice marked. */
function claude({question = ' Is this a project you created or one you trust?'} = {}) {
  const keys: Key[] = []
  const agent = {keys, marked: 0, open: true, looksLeft: Number.POSITIVE_INFINITY, before: () => {}}
  const view = (): TerminalView => {
    const choice = (label: string, index: number) => ` ${agent.marked === index ? '❯' : ' '} ${label}`
    const list = ['No, exit', 'Yes, I trust this folder'].map(choice)
    const rows = agent.open
      ? [rule, ' Accessing workspace:', question, '', ...list, '', ' Enter to confirm · Esc to cancel']
      : ['Claude Code', '', rule, '❯\u00a0', rule, '  manual mode on']
    const cursor = agent.open ? {column: 1, row: 4 + agent.marked} : {column: 2, row: 3}
    return {
      at: Date.now(),
      columns: 80,
      rows,
      styledRows: rows.map((row) => `\u001b[39m${row}`),
      cursor: {...cursor, visible: false},
      title: '',
      command: 'claude',
      alternateScreen: true,
      inMode: false,
    }
  }
  const labels = {...aSession().labels, kind: 'claude', agent_version: '2.1.330'}
  const session = (): Session => aSession({labels, view: view()})
  const backend = {
    name: 'paper',
    local: false,
    inspect: async () => {
      if (agent.looksLeft-- <= 0) agent.open = false
      return session()
    },
    capture: async () => [...view().rows],
    press: async (_: unknown, key: Key) => {
      agent.before()
      keys.push(key)
      if (key === 'Down') agent.marked = 1
      if (key === 'Enter') agent.open = false
    },
  } as unknown as SessionBackend
  const preset: AgentPreset = {command: 'claude', args: [], processNames: [], promptMode: 'arg', env: {}}
  const wait = (acceptDialogs: boolean) =>
    waitUntilReady({
      services: {env: {}, warn: () => {}},
      backend,
      session: session(),
      agent: {name: 'claude', preset},
      timeoutMs: 5000,
      acceptDialogs,
    })
  return {agent, wait}
}

describe('a dialog before the first prompt', () => {
  test('allowed: the mark is moved, read again, then confirmed', async () => {
    const {agent, wait} = claude()
    await wait(true)
    expect(agent.keys).toEqual(['Down', 'Enter'])
  })

  test('not allowed: blocked with its text, and no key', async () => {
    const {agent, wait} = claude()
    await expect(wait(false)).rejects.toMatchObject({
      code: 'AGENT_BLOCKED',
      details: {dialog: expect.stringContaining('one you trust?')},
    })
    expect(agent.keys).toEqual([])
  })

  test('not known: blocked, whatever is allowed', async () => {
    const {agent, wait} = claude({question: ' Please accept the new terms.'})
    await expect(wait(true)).rejects.toMatchObject({code: 'AGENT_BLOCKED'})
    expect(agent.keys).toEqual([])
  })

  test('one that goes by itself between two looks gets no key', async () => {
    const {agent, wait} = claude()
    agent.looksLeft = 1
    await wait(true)
    expect(agent.keys).toEqual([])
  })

  test('the screen changes between look and key: that key is not pressed, and it is read again', async () => {
    const {agent, wait} = claude()
    let refused = false
    agent.before = () => {
      if (refused) return
      refused = true
      agent.marked = 1
      throw fault('SCREEN_CHANGED')
    }
    await wait(true)
    expect(agent.keys).toEqual(['Enter'])
  })
})
