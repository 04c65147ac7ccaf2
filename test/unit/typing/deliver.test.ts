import {describe, expect, test, vi} from 'vitest'
import {deliver} from '../../../src/typing/deliver.js'
import {atEachStep, DIALOG, FakeAgent, fault, limitedClaude, once, type Step} from './support/fake-agent.js'

const yes = async () => true

describe('deliver', () => {
  test('idle: the text, then one Enter, and `beforeTyping` is called right before the first key', async () => {
    const agent = new FakeAgent()
    const before = vi.fn(async () => agent.keys.length === 0)
    expect(await deliver(agent.target(), 'hello', before)).toEqual({outcome: 'delivered'})
    expect(agent.keys).toEqual(['hello', 'Enter'])
    expect(before).toHaveBeenCalledOnce()
  })

  test('expired by then: nothing is typed', async () => {
    const agent = new FakeAgent()
    expect(await deliver(agent.target(), 'hello', async () => false)).toMatchObject({outcome: 'not_now'})
    expect(agent.keys).toEqual([])
  })

  test.each<[string, (agent: FakeAgent) => void, string]>([
    ['a draft', (agent) => (agent.draft = 'half a'), 'its state is draft'],
    ['work', (agent) => (agent.covered = ['working']), 'unknown'],
    ['a stop that has begun', (agent) => agent.change({stopping: true}), 'being stopped'],
    ["a person's terminal", (agent) => agent.change({attached: 1}), "a person's terminal"],
    [
      'a backend that cannot tell',
      (agent) => agent.change({liveness: 'unknown'}),
      'does not say whether it is alive',
    ],
    [
      'a backend without an answer',
      (agent) =>
        (agent.before = () => {
          throw fault('BACKEND_UNAVAILABLE')
        }),
      'does not say',
    ],
  ])('%s: not now, and no key', async (_, arrange, reason) => {
    const agent = new FakeAgent()
    arrange(agent)
    const attempt = await deliver(agent.target(), 'hello', yes)
    expect(attempt).toEqual({outcome: 'not_now', reason: expect.stringContaining(reason)})
    expect(agent.keys).toEqual([])
  })

  test('a draft begun between the two snapshots: not now, and no key', async () => {
    const agent = new FakeAgent()
    let looks = 0
    agent.before = (step) => {
      if (step === 'look' && ++looks === 2) agent.draft = 'I'
    }
    expect(await deliver(agent.target(), 'hello', yes)).toMatchObject({outcome: 'not_now'})
    expect(agent.keys).toEqual([])
  })

  test('its screen changes between the two snapshots: not now, and no key', async () => {
    const agent = new FakeAgent()
    agent.above = ['it works']
    let looks = 0
    agent.before = (step) => {
      if (step === 'look' && ++looks === 2) agent.above = ['it works on']
    }
    expect(await deliver(agent.target(), 'hello', yes)).toEqual({
      outcome: 'not_now',
      reason: 'its screen is changing',
    })
    expect(agent.keys).toEqual([])
  })

  test('a backend that shows no screens: not now, and no key', async () => {
    const agent = new FakeAgent()
    const {view: _, ...backend} = agent.backend
    const look = async () => agent.session
    const attempt = await deliver(agent.target({backend, look}), 'hello', yes)
    expect(attempt).toEqual({outcome: 'not_now', reason: 'paper shows no screens'})
  })

  test.each(['look', 'type', 'press'] as const)('an unexpected error is thrown, at %s', async (step) => {
    const agent = new FakeAgent()
    agent.before = once(step, 'UNFORESEEN')
    await expect(deliver(agent.target(), 'hello', yes)).rejects.toMatchObject({code: 'UNFORESEEN'})
  })

  test('a usage limit above an empty prompt: only a nudge that follows the limit', async () => {
    const agent = limitedClaude()
    expect(await deliver(agent.target(), 'hello', yes)).toMatchObject({
      outcome: 'not_now',
      reason: 'its state is limit',
    })
    expect(agent.keys).toEqual([])
    expect(await deliver(agent.target({afterLimit: true}), 'hello', yes)).toEqual({outcome: 'delivered'})
  })

  test('SCREEN_CHANGED at the text: not now', async () => {
    const agent = new FakeAgent()
    agent.before = once('type', 'SCREEN_CHANGED')
    expect(await deliver(agent.target(), 'hello', yes)).toMatchObject({outcome: 'not_now'})
    expect(agent.keys).toEqual([])
  })

  test('SCREEN_CHANGED at Enter: another snapshot, then pressed once', async () => {
    const agent = new FakeAgent()
    agent.before = once('press', 'SCREEN_CHANGED')
    expect(await deliver(agent.target(), 'hello', yes)).toEqual({outcome: 'delivered'})
    expect(agent.keys).toEqual(['hello', 'Enter'])
  })

  test.each<[Step, string, string]>([
    ['type', 'SESSION_LOST', 'before anything was typed'],
    ['type', 'BACKEND_UNAVAILABLE', 'it is unknown whether the text was typed'],
    ['press', 'BACKEND_UNAVAILABLE', 'it is unknown whether Enter arrived'],
  ])('%s meets %s: failed, and the reason says what is known', async (step, code, reason) => {
    const agent = new FakeAgent()
    agent.before = once(step, code)
    const attempt = await deliver(agent.target(), 'hello', yes)
    expect(attempt).toEqual({outcome: 'failed', reason: expect.stringContaining(reason)})
    expect(agent.submitted).toEqual([])
  })

  test.each<[string, (agent: FakeAgent, step: Step) => boolean, string]>([
    ['before the first look', () => true, 'its session ended'],
    ['after the text', (agent, step) => step === 'look' && agent.keys.length === 1, 'before Enter'],
    [
      'after Enter',
      (agent, step) => step === 'look' && agent.keys.length === 2,
      'it is unknown whether it took the text',
    ],
  ])('the session ends %s: failed, and the reason says what is known', async (_, isEnd, reason) => {
    const agent = new FakeAgent()
    agent.before = (step) => {
      if (isEnd(agent, step)) agent.session = undefined
    }
    const attempt = await deliver(agent.target(), 'hello', yes)
    expect(attempt).toEqual({outcome: 'failed', reason: expect.stringContaining(reason)})
  })

  test.each<[string, (agent: FakeAgent) => void]>([
    ['has ended', (agent) => agent.change({liveness: 'dead'})],
    ['is lost while it is looked at', (agent) => (agent.before = once('look', 'SESSION_LOST'))],
  ])('the agent %s: failed, since it is over', async (_, arrange) => {
    const agent = new FakeAgent()
    arrange(agent)
    expect(await deliver(agent.target(), 'hello', yes)).toEqual({
      outcome: 'failed',
      reason: 'its session ended before anything was typed',
    })
  })

  test('a dialog covers the text before Enter: no Enter, and it can be submitted later', async () => {
    const agent = new FakeAgent()
    agent.before = (step) => {
      if (step === 'look' && agent.keys.length === 1) agent.covered = DIALOG
    }
    const attempt = await deliver(agent.target(), 'hello', yes)
    expect(attempt).toEqual({outcome: 'typed', reason: expect.stringContaining('not submitted yet')})
    expect(agent.keys).toEqual(['hello'])
  })

  test('a person attaches before Enter: no Enter; with force it is pressed', async () => {
    const agent = new FakeAgent()
    agent.before = (step) => {
      if (step === 'look' && agent.keys.length === 1) agent.change({attached: 1})
    }
    expect(await deliver(agent.target(), 'hello', yes)).toMatchObject({outcome: 'typed'})
    expect(agent.keys).toEqual(['hello'])
    const other = new FakeAgent()
    other.change({attached: 1})
    expect(await deliver(other.target({force: true}), 'hello', yes)).toEqual({outcome: 'delivered'})
  })

  test('Enter is swallowed once: pressed again; twice: not a third time', async () => {
    const agent = new FakeAgent()
    agent.swallows = 1
    expect(await deliver(agent.target(), 'hello', yes)).toEqual({outcome: 'delivered'})
    expect(agent.submitted).toEqual(['hello'])
    const deaf = new FakeAgent()
    deaf.swallows = 9
    expect(await deliver(deaf.target(), 'hello', yes)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('is still in its prompt'),
    })
    expect(deaf.keys).toEqual(['hello', 'Enter', 'Enter'])
  })
})

/** Delivers a text to an agent that ignores Enter, so that every key of a delivery is tried. */
const deliverTwice = async (agent: FakeAgent) => {
  agent.swallows = 9
  return await deliver(agent.target(), 'hello', yes)
}

describe('at any moment', () => {
  test('a dialog opens: neither text nor Enter reaches it', async () => {
    const agents = await atEachStep(deliverTwice, (agent) => (agent.covered = DIALOG))
    expect(agents.map(({astray}) => astray)).toEqual(agents.map(() => []))
  })

  test('a person types a text: it is not submitted, and nothing is added to it', async () => {
    const own = 'a thought of my own'
    const agents = await atEachStep(
      async (agent) => await deliver(agent.target(), 'hello', yes),
      (agent) => (agent.draft = own),
    )
    expect(agents.map(({draft}) => draft)).toEqual(agents.map(() => own))
    expect(agents.flatMap(({submitted}) => submitted).filter((text) => text !== 'hello')).toEqual([])
  })

  test.each<[string, (agent: FakeAgent) => void]>([
    ['a person looks on', (agent) => agent.change({attached: 1})],
    ['a stop begins', (agent) => agent.change({stopping: true})],
    ['the backend cannot tell any more whether it lives', (agent) => agent.change({liveness: 'unknown'})],
    ['the agent ends', (agent) => agent.change({liveness: 'dead'})],
    ['the session is gone', (agent) => (agent.session = undefined)],
    ['a person scrolls back', (agent) => (agent.scrolled = true)],
  ])('%s: what sees it presses no further key', async (_, happen) => {
    const keysThen = new Map<FakeAgent, number>()
    const agents = await atEachStep(deliverTwice, (agent, step) => {
      if (step !== 'look') return
      happen(agent)
      keysThen.set(agent, agent.keys.length)
    })
    const seen = agents.filter((agent) => keysThen.has(agent))
    expect(seen.length).toBeGreaterThan(2)
    expect(seen.map(({keys}) => keys.length)).toEqual(seen.map((agent) => keysThen.get(agent)))
  })
})
