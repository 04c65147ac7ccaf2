import type {AgentReading} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {capture, own, read, withStyledRows} from './captures.js'

/** An idle agent, with these lines right above its prompt. */
async function told(
  agent: string,
  label: string,
  lines: readonly string[],
  more = {},
): Promise<AgentReading> {
  const {terminal, version, alive} = capture(agent, label)
  const prompt = terminal.rows.findLastIndex((row) => /^[❯›]/.test(row))
  const end = agent === 'claude' ? prompt - 2 : prompt - 1
  const styledRows = terminal.styledRows.map((row, index) => {
    if (index > end) return row
    return lines[lines.length - 1 - (end - index)] ?? ''
  })
  return await read({agent, version, alive, terminal: withStyledRows(terminal, styledRows), ...more})
}

const CODEX = [
  '■ You’ve hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro), visit https://chatgpt.com/settings/',
  'usage to purchase more credits or try again at 6:49 PM.',
  '',
]
const CLAUDE = ["  ⎿  You've hit your session limit · resets 3pm (Europe/Berlin)", '']

test('Limit_AbovePrompt: the whole message, and an empty prompt below', async () => {
  expect(await told('codex', 'ready-idle', CODEX)).toMatchObject({
    state: 'limit',
    text: expect.stringContaining(
      'visit https://chatgpt.com/settings/\nusage to purchase more credits or try again at 6:49 PM.',
    ),
    prompt: 'idle',
  })
  expect(await told('claude', 'ready-idle', CLAUDE)).toMatchObject({
    state: 'limit',
    text: expect.stringContaining('resets 3pm (Europe/Berlin)'),
    prompt: 'idle',
  })
})

test('Limit_ButOtherSourceSaysWork: no state of the prompt', async () => {
  const reading = await told('claude', 'ready-idle', CLAUDE, {own: own('busy')})
  expect(reading.state).toBe('limit')
  expect(reading.prompt).toBeUndefined()
})

test('Limit_DraftInPrompt: a draft below', async () => {
  expect(await told('claude', 'idle-typed', CLAUDE)).toMatchObject({state: 'limit', prompt: 'draft'})
})
