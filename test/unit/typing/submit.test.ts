import {describe, expect, test} from 'vitest'
import {submit} from '../../../src/typing/submit.js'
import {DIALOG, FakeAgent, fault, once} from './support/fake-agent.js'

/** An agent whose prompt already contains the text. */
function typedAt(): FakeAgent {
  const agent = new FakeAgent()
  agent.draft = 'hello'
  return agent
}

/** Something happens at that snapshot after the first Enter. */
function afterEnter(agent: FakeAgent, happen: (look: number) => void) {
  let looks = 0
  agent.before = (step) => {
    if (step === 'look' && agent.keys.length === 1) happen(++looks)
  }
}

describe('before Enter', () => {
  test('a text that appears late is waited for', async () => {
    const agent = new FakeAgent()
    agent.before = () => {
      if (agent.timer.now() >= 3000 && agent.keys.length === 0) agent.draft = 'hello'
    }
    expect(await submit(agent.target(), 'hello')).toEqual({outcome: 'delivered'})
    expect(agent.keys).toEqual(['Enter'])
  })

  test.each([
    ['another text', 'a thought of my own'],
    ['half of the text', 'hell'],
    ['nothing', ''],
  ])('%s stands in the prompt: no Enter, and whether it was taken is not known', async (_, draft) => {
    const agent = new FakeAgent()
    agent.draft = draft
    const attempt = await submit(agent.target(), 'hello')
    expect(attempt).toEqual({
      outcome: 'failed',
      reason: expect.stringContaining('is not in its prompt'),
    })
    expect(agent.keys).toEqual([])
  })

  test.each<[string, (agent: FakeAgent) => void, string]>([
    ['it is at work', (agent) => (agent.covered = ['working on hello']), 'its state is unknown'],
    ['a dialog shows the text', (agent) => (agent.covered = [...DIALOG, 'hello']), 'its state is'],
    ['a person looks on', (agent) => agent.change({attached: 1}), "a person's terminal"],
    ['a stop has begun', (agent) => agent.change({stopping: true}), 'being stopped'],
    ['a person scrolls back', (agent) => (agent.scrolled = true), 'is scrolling back'],
    ['it cannot be looked at', (agent) => agent.change({liveness: 'unknown'}), 'does not say'],
  ])('%s: Enter waits, and it can be gone on with', async (_, happen, reason) => {
    const agent = typedAt()
    happen(agent)
    const attempt = await submit(agent.target(), 'hello')
    expect(attempt).toEqual({outcome: 'typed', reason: expect.stringContaining(reason)})
    expect(agent.keys).toEqual([])
  })

  test('a backend without an answer is called again', async () => {
    const agent = typedAt()
    agent.before = once('look', 'BACKEND_UNAVAILABLE')
    expect(await submit(agent.target(), 'hello')).toEqual({outcome: 'delivered'})
  })

  test('its session is lost at Enter: nothing was pressed, and the reason is its end', async () => {
    const agent = typedAt()
    agent.before = (step) => {
      if (step === 'press') agent.session = undefined
    }
    const attempt = await submit(agent.target(), 'hello')
    expect(attempt).toEqual({outcome: 'failed', reason: expect.stringContaining('before Enter')})
  })

  test('unknown whether Enter arrived: not pressed again', async () => {
    const agent = typedAt()
    let presses = 0
    agent.before = (step) => {
      if (step === 'press' && ++presses > 0) throw fault('BACKEND_UNAVAILABLE')
    }
    expect(await submit(agent.target(), 'hello')).toMatchObject({outcome: 'failed'})
    expect(presses).toBe(1)
  })
})

describe('after Enter', () => {
  /** An agent that ignores Enter. */
  function deaf(): FakeAgent {
    const agent = typedAt()
    agent.swallows = 9
    return agent
  }

  test('the text leaves the prompt late: one Enter', async () => {
    const agent = deaf()
    afterEnter(agent, () => {
      if (agent.timer.now() >= 2000) agent.draft = ''
    })
    expect(await submit(agent.target(), 'hello')).toEqual({outcome: 'delivered'})
    expect(agent.keys).toEqual(['Enter'])
  })

  test('a screen that redraws for a moment does not mean that the text was taken', async () => {
    const agent = deaf()
    afterEnter(agent, (look) => (agent.covered = look === 2 || look === 4 ? ['drawing'] : undefined))
    expect(await submit(agent.target(), 'hello')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('nor had a second one'),
    })
  })

  test('a screen that redraws at the end of the time: no second Enter, and not reported as delivered', async () => {
    const agent = deaf()
    afterEnter(agent, () => {
      const now = agent.timer.now()
      agent.covered = now >= 2400 && now < 2500 ? ['drawing'] : undefined
    })
    expect(await submit(agent.target(), 'hello')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('it is unknown whether the agent took the text'),
    })
    expect(agent.keys).toEqual(['Enter'])
  })

  test('a person has moved the cursor in the text: it is still in the prompt', async () => {
    const agent = deaf()
    agent.back = 2
    expect(await submit(agent.target(), 'hello')).toMatchObject({outcome: 'failed'})
    expect(agent.keys).toEqual(['Enter', 'Enter'])
  })

  test('a shell has the terminal: not reported as delivered', async () => {
    const agent = deaf()
    afterEnter(agent, () => {
      agent.covered = ['$ ']
      agent.command = 'bash'
    })
    expect(await submit(agent.target(), 'hello')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('it is unknown whether the agent took the text'),
    })
  })

  test('two snapshots without the text: taken', async () => {
    const agent = deaf()
    afterEnter(agent, (look) => (agent.covered = look > 1 ? ['drawing'] : undefined))
    expect(await submit(agent.target(), 'hello')).toEqual({outcome: 'delivered'})
  })

  test('the text is at the cursor of an unknown screen: not taken', async () => {
    const agent = deaf()
    afterEnter(agent, () => (agent.covered = ['# hello']))
    expect(await submit(agent.target(), 'hello')).toMatchObject({
      outcome: 'typed',
      reason: expect.stringContaining('Enter had no effect'),
    })
    expect(agent.keys).toEqual(['Enter'])
  })

  test('no further snapshots: not reported as delivered', async () => {
    const agent = deaf()
    afterEnter(agent, () => agent.change({liveness: 'unknown'}))
    expect(await submit(agent.target(), 'hello')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('it is unknown whether the agent took the text'),
    })
  })

  test.each<[string, (agent: FakeAgent) => void]>([
    ['a person looks on', (agent) => agent.change({attached: 1})],
    ['a stop begins', (agent) => agent.change({stopping: true})],
    ['a person scrolls back', (agent) => (agent.scrolled = true)],
    ['the backend cannot tell', (agent) => agent.change({liveness: 'unknown'})],
  ])('%s before the second Enter: it is not pressed, and can be gone on with', async (_, happen) => {
    const agent = deaf()
    let isSecond = false
    agent.before = (step) => {
      // The second Enter is decided when the time for the first is over.
      isSecond ||= step === 'look' && agent.keys.length === 1 && agent.timer.now() >= 2500
      if (isSecond) happen(agent)
    }
    const attempt = await submit(agent.target(), 'hello')
    expect(attempt.outcome).not.toBe('delivered')
    expect(agent.keys).toEqual(['Enter'])
  })

  test.each(['SCREEN_CHANGED', 'SESSION_LOST'])(
    'a second Enter that meets %s was not pressed',
    async (code) => {
      const agent = deaf()
      agent.before = (step) => {
        if (step === 'press' && agent.keys.length === 1) throw fault(code)
      }
      expect(await submit(agent.target(), 'hello')).toMatchObject({
        outcome: 'typed',
        reason: 'the text is still in its prompt: Enter had no effect',
      })
    },
  )

  test('unknown whether the second Enter arrived: failed, and no third', async () => {
    const agent = deaf()
    agent.before = (step) => {
      if (step === 'press' && agent.keys.length === 1) throw fault('BACKEND_UNAVAILABLE')
    }
    expect(await submit(agent.target(), 'hello')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('it is unknown whether Enter arrived'),
    })
  })
})
