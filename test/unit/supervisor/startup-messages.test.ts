import {describe, expect, test} from 'vitest'
import {typeStartupMessages} from '../../../src/supervisor/startup-messages.js'
import {atEachStep, DIALOG, FakeAgent, fault} from '../typing/support/fake-agent.js'

const messages = ['who you are', 'what to do']

/** Tells an agent its messages; gives what was warned of. */
async function tell(agent: FakeAgent, signal?: AbortSignal): Promise<string[]> {
  const warnings: string[] = []
  const warn = (message: string) => void warnings.push(message)
  const {session, backend, timer} = agent
  if (!session) throw new Error('it has no session')
  await typeStartupMessages({env: {}, warn, timer}, {backend, session, signal}, messages)
  return warnings
}

describe('an agent whose prompt can be read', () => {
  test('each is typed into an empty prompt, in order', async () => {
    const agent = new FakeAgent()
    expect(await tell(agent)).toEqual([])
    expect(agent.submitted).toEqual(messages)
  })

  test('it is at work for a while: waited for', async () => {
    const agent = new FakeAgent()
    agent.before = () => {
      agent.covered = agent.timer.now() < 20_000 ? ['working'] : undefined
    }
    expect(await tell(agent)).toEqual([])
    expect([agent.submitted, agent.astray]).toEqual([messages, []])
  })

  test.each<[string, (agent: FakeAgent) => void, string]>([
    ['a dialog stands there', (agent) => (agent.covered = DIALOG), 'its state is permission'],
    ['a draft stands there', (agent) => (agent.draft = 'a thought'), 'its state is draft'],
    ['a person looks on', (agent) => agent.change({attached: 1}), "a person's terminal"],
  ])('%s: not one key, and one warning', async (_, arrange, reason) => {
    const agent = new FakeAgent()
    arrange(agent)
    expect(await tell(agent)).toEqual([expect.stringMatching(`did not get its instructions: .*${reason}`)])
    expect(agent.keys).toEqual([])
  })

  test('a dialog covers the first message: it is not typed twice, and gets its Enter afterwards', async () => {
    const agent = new FakeAgent()
    agent.before = () => {
      const isFirst = agent.keys.length === 1 && agent.timer.now() < 20_000
      agent.covered = isFirst ? DIALOG : undefined
    }
    expect(await tell(agent)).toEqual([])
    expect(agent.keys).toEqual(['who you are', 'Enter', 'what to do', 'Enter'])
    expect(agent.astray).toEqual([])
  })

  test('whether one arrived is not known: it is not typed again, nor the next', async () => {
    const agent = new FakeAgent()
    let texts = 0
    agent.before = (step) => {
      if (step === 'type' && ++texts > 0) throw fault('BACKEND_UNAVAILABLE')
    }
    expect(await tell(agent)).toEqual([expect.stringContaining('unknown whether the text was typed')])
    expect(texts).toBe(1)
  })

  test.each<[string, (agent: FakeAgent) => void]>([
    ['ends', (agent) => agent.change({liveness: 'dead'})],
    ['is gone', (agent) => (agent.session = undefined)],
  ])('one that %s of what it is told: the start fails', async (_, happen) => {
    const agent = new FakeAgent()
    agent.before = (step) => {
      if (step === 'type') happen(agent)
    }
    await expect(tell(agent)).rejects.toMatchObject({code: 'SESSION_LOST'})
  })

  test('at whatever moment another life takes its place: nothing more is typed', async () => {
    const keysThen = new Map<FakeAgent, number>()
    const agents = await atEachStep(
      (agent) => tell(agent).catch(() => undefined),
      (agent, step) => {
        if (step !== 'look') return
        agent.change({incarnation: 'two'})
        keysThen.set(agent, agent.keys.length)
      },
    )
    const seen = agents.filter((agent) => keysThen.has(agent))
    expect(seen.map(({keys}) => keys.length)).toEqual(seen.map((agent) => keysThen.get(agent)))
  })

  test('interrupted after the first: no second', async () => {
    const agent = new FakeAgent()
    const controller = new AbortController()
    agent.before = (step) => {
      if (step === 'press') controller.abort(fault('INTERRUPTED'))
    }
    await expect(tell(agent, controller.signal)).rejects.toMatchObject({code: 'INTERRUPTED'})
    expect(agent.submitted).toEqual(['who you are'])
  })
})

describe('an agent of whose screen nothing is known', () => {
  function unknown() {
    const agent = new FakeAgent()
    agent.change({labels: {town: '/real/town', kind: 'it'}})
    return agent
  }

  test('each is typed, and Enter does not follow at once', async () => {
    const agent = unknown()
    agent.before = (step) => {
      if (step === 'press') agent.above = [...agent.above, 'heard it']
    }
    expect(await tell(agent)).toEqual([])
    expect(agent.submitted).toEqual(messages)
  })

  test('one that leaves no trace is warned of', async () => {
    const agent = unknown()
    agent.covered = ['nothing changes']
    expect(await tell(agent)).toEqual(Array(2).fill(expect.stringContaining('left no trace')))
  })
})

test('a backend that cannot type: a warning, and no fault', async () => {
  const agent = new FakeAgent()
  delete (agent.backend as Partial<typeof agent.backend>).press
  expect(await tell(agent)).toEqual([expect.stringContaining('cannot type')])
  expect(agent.keys).toEqual([])
})
