import type {AgentPreset, AgentReading, Session} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {explainLoss} from '../../../src/supervisor/readiness.js'
import type {ReadinessQuery} from '../../../src/supervisor/readiness-query.js'
import {isReady, isSettled, showsPrompt} from '../../../src/supervisor/ready-signs.js'
import {fault} from '../typing/support/fake-agent.js'
import {StartingClaude} from './support/starting-claude.js'

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

describe('a dialog before the first prompt', () => {
  test('allowed: the mark is moved, read again, then confirmed', async () => {
    const agent = new StartingClaude()
    await agent.wait({acceptDialogs: true})
    expect(agent.keys).toEqual(['Down', 'Enter'])
  })

  test('not allowed: blocked with its text, and no key', async () => {
    const agent = new StartingClaude()
    await expect(agent.wait({})).rejects.toMatchObject({
      code: 'AGENT_BLOCKED',
      hint: expect.stringContaining('--accept-dialogs'),
      details: {
        dialog: expect.stringContaining('one you trust?'),
        screen: expect.arrayContaining([' Accessing workspace:']),
      },
    })
    expect(agent.keys).toEqual([])
  })

  test('not known: blocked, whatever is allowed', async () => {
    const agent = new StartingClaude()
    agent.question = ' Please accept the new terms.'
    await expect(agent.wait({acceptDialogs: true})).rejects.toMatchObject({code: 'AGENT_BLOCKED'})
    expect(agent.keys).toEqual([])
  })

  test('a backend that cannot press keys: blocked', async () => {
    const agent = new StartingClaude()
    const {press: _, ...backend} = agent.backend
    await expect(agent.wait({acceptDialogs: true, backend})).rejects.toMatchObject({code: 'AGENT_BLOCKED'})
  })

  test('one that goes by itself between two looks gets no key', async () => {
    const agent = new StartingClaude()
    agent.before = (step) => {
      if (step === 'look' && ++agent.looks > 1) agent.shows = 'prompt'
    }
    await agent.wait({acceptDialogs: true})
    expect(agent.keys).toEqual([])
  })

  test('one whose mark moves from look to look gets no key', async () => {
    const agent = new StartingClaude()
    agent.before = (step) => {
      if (step === 'look') agent.marked = 1 - agent.marked
    }
    await expect(agent.wait({acceptDialogs: true})).rejects.toMatchObject({code: 'AGENT_NOT_READY'})
    expect(agent.keys).toEqual([])
  })

  test('one that stands only for a moment does not end the start', async () => {
    const agent = new StartingClaude()
    agent.before = () => {
      if (agent.timer.now() > 1000) agent.shows = 'prompt'
    }
    await agent.wait({})
    expect(agent.keys).toEqual([])
  })

  test.each(['Down', 'Enter'] as const)(
    'the screen changes before %s: it is not pressed, and is when it has been read again',
    async (key) => {
      const agent = new StartingClaude()
      if (key === 'Enter') agent.marked = 1
      agent.before = (step) => {
        if (step !== 'press') return
        agent.before = () => {}
        agent.shift = 1
      }
      await agent.wait({acceptDialogs: true})
      expect(agent.keys).toEqual(key === 'Enter' ? ['Enter'] : ['Down', 'Enter'])
    },
  )

  test.each(['Down', 'Enter'] as const)(
    'another dialog takes its place before %s: that gets no key',
    async (key) => {
      const agent = new StartingClaude()
      if (key === 'Enter') agent.marked = 1
      agent.before = (step) => {
        if (step === 'press') agent.shows = 'sign-in'
      }
      await expect(agent.wait({acceptDialogs: true})).rejects.toMatchObject({code: 'AGENT_BLOCKED'})
      expect(agent.keys).toEqual([])
    },
  )

  test('an agent that draws its prompt first: what stood there before the dialog does not count', async () => {
    const agent = new StartingClaude()
    agent.question = ' Do you trust the files in this folder?'
    agent.choices = ['Trust folder', 'No, exit']
    agent.shows = 'prompt'
    const preset = {command: 'gemini', args: [], processNames: [], promptMode: 'arg', env: {}} as const
    let answeredAt = 0
    agent.before = (step) => {
      if (step === 'press') answeredAt = agent.timer.now()
      else if (answeredAt === 0 && agent.timer.now() > 400) agent.shows = 'trust'
    }
    await agent.wait({acceptDialogs: true, chosen: {name: 'gemini', preset}})
    expect(agent.keys).toEqual(['Enter'])
    expect(agent.timer.now() - answeredAt).toBeGreaterThanOrEqual(1500)
  })

  test('a slow agent that asks something else next: no second Enter reaches that', async () => {
    const agent = new StartingClaude()
    agent.marked = 1
    agent.takesMs = 1800
    agent.next = 'sign-in'
    await expect(agent.wait({acceptDialogs: true, timeoutMs: 20_000})).rejects.toMatchObject({
      code: 'AGENT_BLOCKED',
    })
    expect(agent.keys).toEqual(['Enter'])
    expect(agent.astray).toEqual([])
  })

  test('an Enter that is not taken: blocked, and it is not pressed again', async () => {
    const agent = new StartingClaude()
    agent.marked = 1
    agent.takesMs = Number.POSITIVE_INFINITY
    await expect(agent.wait({acceptDialogs: true, timeoutMs: 20_000})).rejects.toThrow()
    expect(agent.keys).toEqual(['Enter'])
  })

  test('a mark that does not move is not tried for ever, nor again at once', async () => {
    const agent = new StartingClaude()
    agent.takesMs = Number.POSITIVE_INFINITY
    await expect(agent.wait({acceptDialogs: true, timeoutMs: 60_000})).rejects.toMatchObject({
      code: 'AGENT_BLOCKED',
    })
    expect(agent.keys).toEqual(Array(12).fill('Down'))
    expect(agent.timer.now()).toBeGreaterThan(12_000)
  })

  test('after its time is over no dialog is answered any more', async () => {
    const agent = new StartingClaude()
    await expect(agent.wait({acceptDialogs: true, timeoutMs: 10})).rejects.toMatchObject({
      code: 'AGENT_NOT_READY',
    })
    expect(agent.keys).toEqual([])
  })

  test('what a key meets beside a changed screen is no silence', async () => {
    const agent = new StartingClaude()
    agent.before = (step) => {
      if (step === 'press') throw fault('BACKEND_UNAVAILABLE')
    }
    await expect(agent.wait({acceptDialogs: true})).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  })
})

describe('the session that was started', () => {
  test.each([
    ['another life has taken its place', {incarnation: 'two'}, 'was replaced'],
    ['it is gone', undefined, 'was stopped'],
  ])('%s: the start is over, and says so', async (_, now, words) => {
    const agent = new StartingClaude()
    agent.shows = 'prompt'
    agent.change(now)
    await expect(agent.wait({})).rejects.toMatchObject({
      code: 'SESSION_LOST',
      message: expect.stringContaining(words),
    })
  })

  test('its agent ends: with how, and what it showed last', async () => {
    const agent = new StartingClaude()
    agent.change({liveness: 'dead', exit: {code: 3}})
    await expect(agent.wait({})).rejects.toMatchObject({
      code: 'AGENT_EXITED',
      message: "agent 'claude' exited with code 3 before it was ready",
      details: {exit: {code: 3}, screen: expect.arrayContaining([' Accessing workspace:'])},
    })
  })

  test('it never shows a prompt: not ready within its time', async () => {
    const agent = new StartingClaude()
    agent.shows = 'nothing'
    await expect(agent.wait({timeoutMs: 3000})).rejects.toMatchObject({
      code: 'AGENT_NOT_READY',
      message: expect.stringContaining('within 3 s'),
    })
    expect(agent.timer.now()).toBeGreaterThan(3000)
  })

  test('interrupted: with the reason, before the next look', async () => {
    const agent = new StartingClaude()
    const controller = new AbortController()
    agent.before = () => controller.abort(fault('INTERRUPTED'))
    await expect(agent.wait({signal: controller.signal})).rejects.toMatchObject({code: 'INTERRUPTED'})
    await expect(agent.wait({signal: controller.signal})).rejects.toMatchObject({code: 'INTERRUPTED'})
    expect(agent.looks).toBe(1)
  })
})

describe('an agent that was lost while it was typed at', () => {
  const lost = fault('SESSION_LOST')

  test.each<[string, Partial<Session> | undefined, string]>([
    [
      'it has ended',
      {liveness: 'dead', exit: {code: 9}},
      'exited with code 9 before it received its instructions',
    ],
    ['another life has taken its place', {liveness: 'dead', incarnation: 'two'}, lost.message],
    ['it lives', {liveness: 'alive'}, lost.message],
    ['it is gone', undefined, lost.message],
  ])('%s', async (_, now, message) => {
    const agent = new StartingClaude()
    const query = agent.query({})
    agent.change(now)
    expect(await explainLoss(query, lost)).toMatchObject({message: expect.stringContaining(message)})
  })

  test('another error is not explained away', async () => {
    const agent = new StartingClaude()
    const query = agent.query({})
    agent.change({liveness: 'dead'})
    const other = fault('BACKEND_UNAVAILABLE')
    expect(await explainLoss(query, other)).toBe(other)
  })
})

describe('whether what was seen is readiness', () => {
  const fromScreen = [{source: 'screen', state: 'unknown', value: '', at: 0}] as const
  const own = [{source: 'own', state: 'permission', value: '', at: 0}] as const
  const presetOf = (more: Partial<AgentPreset> = {}): AgentPreset => ({
    command: 'it',
    args: [],
    processNames: [],
    promptMode: 'arg',
    env: {},
    ...more,
  })

  function judged(reading: Partial<AgentReading>, elapsed: number, preset = presetOf()) {
    const warnings: string[] = []
    const services = {env: {}, warn: (message: string) => void warnings.push(message)}
    const query = {chosen: {name: 'it', preset}} as unknown as ReadinessQuery
    const complete: AgentReading = {state: 'unknown', evidence: [], ...reading}
    return {ready: isReady(services, query, {observed: {reading: complete}, elapsedMs: elapsed}), warnings}
  }

  test.each<[AgentReading['state'], boolean]>([
    ['idle', true],
    ['busy', true],
    ['draft', true],
    ['menu', false],
    ['dialog', false],
    ['dead', false],
  ])('%s: %s', (state, ready) => {
    expect(judged({state}, 60_000)).toEqual({ready, warnings: []})
  })

  test.each(['permission', 'question', 'limit'] as const)(
    '%s on its screen: at work, with a warning',
    (state) => {
      const {ready, warnings} = judged({state, evidence: fromScreen, text: 'may I?'}, 0)
      expect([ready, warnings]).toEqual([true, [expect.stringContaining(`waits for an answer (${state})`)]])
      expect(judged({state, evidence: own, text: 'may I?'}, 0)).toEqual({ready: false, warnings: []})
      expect(judged({state, evidence: fromScreen}, 0)).toEqual({ready: false, warnings: []})
    },
  )

  test.each(['unknown', 'starting', 'shell'] as const)(
    '%s: only time, and only of a screen that is not known',
    (state) => {
      expect(judged({state}, 299).ready).toBe(false)
      expect(judged({state}, 300).ready).toBe(true)
      expect(judged({state, evidence: fromScreen}, 60_000).ready).toBe(false)
      expect(judged({state}, 300, presetOf({readyDelayMs: 500})).ready).toBe(false)
    },
  )

  test('work is proof at once, an empty prompt of some agents only after a while', async () => {
    const chosen = {name: 'codex', preset: presetOf({command: 'codex'})}
    let now = 5000
    const timer = {now: () => now, sleep: async () => {}}
    const services = {env: {}, warn: () => {}, timer}
    const query = {chosen} as unknown as ReadinessQuery
    const watch = {startedAt: 0, keys: 0}
    const seen = async (state: AgentReading['state']) =>
      await isSettled(services, query, {observed: {reading: {state, evidence: []}}, watch})
    expect([await seen('busy'), await seen('idle')]).toEqual([true, false])
    now += 1499
    expect(await seen('idle')).toBe(false)
    now += 1
    expect(await seen('idle')).toBe(true)
  })
})
