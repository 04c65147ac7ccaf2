import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {NudgeOptions} from '@gtown/sdk'
import {describe, expect, onTestFinished, test, vi} from 'vitest'
import {drainOnce, drainUntilEmpty} from '../../../src/nudge/drain.js'
import {nudge} from '../../../src/nudge/nudge.js'
import type {Nudge} from '../../../src/nudge/nudge-file.js'
import {NudgeQueue} from '../../../src/nudge/queue.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import type {Services} from '../../../src/supervisor/services.js'
import {alphaRef} from '../../support/refs.js'
import {until} from '../../support/until.js'
import {DIALOG, FakeAgent, fault, limitedClaude} from '../typing/support/fake-agent.js'

const never = () => false

/** A simulated agent with a queue on disk. */
function aRound(fake = new FakeAgent()) {
  const root = mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 'q'))
  onTestFinished(() => rmSync(root, {recursive: true}))
  const paper = alphaRef()
  const town = {...paper.town, root}
  const role = {name: 'witness', sessionName: () => 'gt-alpha-witness'}
  const target = agentOf(role, {...paper, town})
  const calls: string[] = []
  const services = {
    env: {},
    timer: fake.timer,
    warn: () => {},
    firstBackend: async () => fake.backend,
    backendNamed: async () => fake.backend,
    startDispatcher: async (address: string) => void calls.push(address),
  } as unknown as Services & {startDispatcher(address: string): Promise<void>}
  const queue = new NudgeQueue(town, 'gt-alpha-witness', () => {})
  const add = (text: string, more: Partial<Nudge> = {}) =>
    queue.add({
      to: 'alpha/witness',
      session: 'gt-alpha-witness',
      incarnation: 'one',
      state: 'queued',
      queuedAt: Date.now(),
      updatedAt: Date.now(),
      expiresAt: Date.now() + 60_000,
      text,
      force: false,
      ...more,
    })
  return {agent: fake, round: {services, agent: target, queue}, queue, calls, services, target, add}
}

describe('a round', () => {
  test('delivers waiting nudges, the oldest first', async () => {
    const {agent, round, add} = aRound()
    const {queuedAt} = await add('one')
    await add('two', {queuedAt: queuedAt + 1})
    await drainOnce(round, never)
    expect(agent.submitted).toEqual(['one', 'two'])
  })

  test('while one process delivers the others do nothing, and nothing is typed twice', async () => {
    const {agent, round, queue, add} = aRound()
    await add('one')
    agent.before = async (step) => {
      if (step !== 'type') return
      agent.before = () => {}
      await Promise.all([drainOnce(round, never), drainOnce(round, never)])
      // The state `typing` is on disk by now, and was not taken for that of a killed process.
      expect(await queue.open()).toMatchObject([{state: 'typing'}])
    }
    await drainOnce(round, never)
    expect(agent.keys).toEqual(['one', 'Enter'])
  })

  test('a text that a killed process was typing fails, and is not typed again', async () => {
    const {agent, round, queue, add} = aRound()
    const {id} = await add('half-way', {state: 'typing'})
    await drainOnce(round, never)
    expect(await queue.find(id)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('unknown'),
    })
    expect(agent.keys).toEqual([])
  })

  test('a text in the prompt gets its Enter, and no second text', async () => {
    const {agent, round, queue, add} = aRound()
    agent.draft = 'half-way'
    const {id} = await add('half-way', {state: 'typing', typed: true})
    await drainOnce(round, never)
    expect(await queue.find(id)).toMatchObject({state: 'delivered'})
    expect(agent.keys).toEqual(['Enter'])
  })

  test('a text that is in the prompt for too long fails, with a reason', async () => {
    const {agent, round, queue, add} = aRound()
    const {id} = await add('half-way', {
      state: 'typing',
      typed: true,
      reason: 'it stands there',
      expiresAt: 1,
    })
    await drainOnce(round, never)
    expect(await queue.find(id)).toMatchObject({state: 'failed', reason: 'it expired: it stands there'})
    expect(agent.keys).toEqual([])
  })

  test('a nudge that waits too long expires, even behind another one', async () => {
    const {agent, round, queue, add} = aRound()
    agent.covered = ['working']
    const first = await add('first')
    const late = await add('late', {expiresAt: 1, queuedAt: first.queuedAt + 1})
    await drainOnce(round, never)
    expect(await queue.find(first.id)).toMatchObject({
      state: 'queued',
      reason: expect.stringContaining('unknown'),
    })
    expect(await queue.find(late.id)).toMatchObject({state: 'expired'})
  })

  test('another life of the session, or a foreign session of its name: failed', async () => {
    const {agent, round, queue, add} = aRound()
    const other = await add('for the one before', {incarnation: 'zero'})
    await drainOnce(round, never)
    expect(await queue.find(other.id)).toMatchObject({
      state: 'failed',
      reason: 'its session ended before anything was typed',
    })
    const {id} = await add('for a stranger')
    agent.change({labels: {town: '/another'}})
    await drainOnce(round, never)
    expect(await queue.find(id)).toMatchObject({state: 'failed'})
    expect(agent.keys).toEqual([])
  })

  test('a backend without an answer: it stays queued', async () => {
    const {agent, round, queue, add} = aRound()
    const {id} = await add('patience')
    agent.before = () => {
      throw fault('BACKEND_UNAVAILABLE')
    }
    await drainOnce(round, never)
    expect(await queue.find(id)).toMatchObject({
      state: 'queued',
      reason: expect.stringContaining('no answer'),
    })
  })

  test("a person's terminal blocks only unforced nudges", async () => {
    const {agent, round, queue, add} = aRound()
    agent.change({attached: 1})
    const polite = await add('polite')
    await add('urgent', {force: true, queuedAt: polite.queuedAt + 1})
    await drainOnce(round, never)
    expect(agent.submitted).toEqual(['urgent'])
    expect(await queue.find(polite.id)).toMatchObject({state: 'queued'})
  })

  test('behind a waiting nudge the order is kept', async () => {
    const {agent, round, queue, add} = aRound()
    const first = await add('first')
    await add('second', {queuedAt: first.queuedAt + 1})
    let looks = 0
    agent.before = () => {
      agent.draft = ++looks <= 2 ? 'half a thought' : ''
    }
    await drainOnce(round, never)
    expect(agent.keys).toEqual([])
    expect((await queue.open()).map(({state}) => state)).toEqual(['queued', 'queued'])
  })

  test('a sender whose own nudge is final leaves the others alone', async () => {
    const {agent, round, add} = aRound()
    const first = await add('first')
    await add('second', {queuedAt: first.queuedAt + 1})
    await drainOnce(round, ({id}) => id === first.id)
    expect(agent.submitted).toEqual(['first'])
  })

  test('one that expires during the snapshot is not typed', async () => {
    const {agent, round, queue, add} = aRound()
    const {id, expiresAt} = await add('late')
    let looks = 0
    agent.before = (step) => {
      if (step === 'look' && ++looks === 2) vi.spyOn(Date, 'now').mockReturnValue(expiresAt)
    }
    onTestFinished(() => void vi.restoreAllMocks())
    await drainOnce(round, never)
    expect(agent.keys).toEqual([])
    expect(await queue.find(id)).toMatchObject({state: 'queued', reason: 'it is too late'})
  })

  test('a dialog covers the text: it stays recorded as typed, nothing is typed after it, and it gets its Enter', async () => {
    const {agent, round, queue, add} = aRound()
    const {id, queuedAt} = await add('first')
    await add('urgent', {force: true, queuedAt: queuedAt + 1})
    agent.before = () => {
      agent.covered = agent.keys.length > 0 ? DIALOG : undefined
    }
    await drainOnce(round, never)
    expect(await queue.find(id)).toMatchObject({
      state: 'typing',
      typed: true,
      reason: expect.stringContaining('not submitted yet'),
    })
    agent.before = () => {
      throw fault('BACKEND_UNAVAILABLE')
    }
    await drainOnce(round, never)
    expect(await queue.find(id)).toMatchObject({state: 'typing', typed: true})
    agent.before = () => {}
    agent.covered = undefined
    await drainOnce(round, never)
    expect(agent.keys).toEqual(['first', 'Enter', 'urgent', 'Enter'])
  })

  test('while a text waits for its Enter even a forced one is not typed', async () => {
    const {agent, round, add} = aRound()
    agent.draft = 'first'
    agent.change({attached: 1})
    const first = await add('first', {state: 'typing', typed: true})
    await add('urgent', {force: true, queuedAt: first.queuedAt + 1})
    agent.before = () => {
      if (agent.timer.now() >= 5000) agent.draft = ''
    }
    await drainOnce(round, never)
    expect(agent.keys).toEqual([])
  })

  test('the session ends while a text is in the prompt: the receipt says that it was typed', async () => {
    const {agent, round, queue, add} = aRound()
    agent.session = undefined
    const {id} = await add('half-way', {state: 'typing', typed: true})
    await drainOnce(round, never)
    expect(await queue.find(id)).toMatchObject({
      state: 'failed',
      reason: 'its session ended after the text was typed, before Enter',
    })
  })

  test.each(['type', 'press'] as const)('a backend that cannot %s: failed, and no key', async (key) => {
    const {agent, round, queue, add} = aRound()
    delete (agent.backend as Partial<typeof agent.backend>)[key]
    const {id} = await add('hello')
    await drainOnce(round, never)
    expect(await queue.find(id)).toMatchObject({state: 'failed', reason: 'paper cannot type'})
    expect(agent.keys).toEqual([])
  })

  test('an unexpected error is thrown, and the nudge stays `typing`', async () => {
    const {agent, round, queue, add} = aRound()
    const {id} = await add('hello')
    agent.before = (step) => {
      if (step === 'type') throw fault('UNFORESEEN')
    }
    await expect(drainOnce(round, never)).rejects.toMatchObject({code: 'UNFORESEEN'})
    expect(await queue.find(id)).toMatchObject({state: 'typing'})
  })

  test('below a usage limit: only nudges that follow it', async () => {
    const {agent, round, add} = aRound(limitedClaude())
    const first = await add('for now')
    await drainOnce(round, never)
    expect(agent.keys).toEqual([])
    await round.queue.write({...first, state: 'failed'})
    await add('go on', {afterLimit: true})
    await drainOnce(round, never)
    expect(agent.submitted).toEqual(['go on'])
  })
})

describe('a dispatcher', () => {
  test('continues until nothing is waiting; a second one leaves it to the first', async () => {
    const {agent, round, queue, add} = aRound()
    agent.covered = ['working']
    await add('one')
    const first = drainUntilEmpty(round)
    await until('it to look', async () => (await queue.open())[0]?.reason !== undefined)
    await drainUntilEmpty(round)
    expect(agent.keys).toEqual([])
    agent.covered = undefined
    await first
    expect(agent.submitted).toEqual(['one'])
  })
})

describe('nudge', () => {
  const options: NudgeOptions = {waitMs: 0, expiresMs: 60_000, force: false}

  test('an idle agent: delivered, and no dispatcher is started', async () => {
    const {services, target, calls} = aRound()
    expect(await nudge(services, target, {...options, text: 'hello\n'})).toMatchObject({
      state: 'delivered',
      to: 'alpha/witness',
    })
    expect(calls).toEqual([])
  })

  test('a busy one: queued, and one dispatcher is started however many nudges wait', async () => {
    const {services, target, calls, agent} = aRound()
    agent.covered = ['working']
    const receipts = [
      await nudge(services, target, {...options, text: 'one'}),
      await nudge(services, target, {...options, text: 'two'}),
    ]
    expect(receipts.map(({state}) => state)).toEqual(['queued', 'queued'])
    expect(calls).toEqual(['alpha/witness'])
  })

  test('interrupted while it waits: it rejects with the reason, stays queued, and a dispatcher was started', async () => {
    const {services, target, calls, queue, agent} = aRound()
    agent.covered = ['working']
    const controller = new AbortController()
    services.startDispatcher = async (address) => {
      calls.push(address)
      controller.abort(fault('INTERRUPTED'))
    }
    const waiting = nudge(services, target, {
      ...options,
      text: 'one',
      waitMs: 60_000,
      signal: controller.signal,
    })
    await expect(waiting).rejects.toMatchObject({code: 'INTERRUPTED'})
    expect(calls).toEqual(['alpha/witness'])
    expect(await queue.open()).toMatchObject([{state: 'queued', text: 'one'}])
  })

  test.each([
    ['nothing', '\x00 \n', 'USAGE'],
    ['a command', '\x1b /clear', 'USAGE'],
    ['a shell line', '! rm', 'USAGE'],
    ['a file', '  @secrets', 'USAGE'],
    ['a note to itself', '# remember', 'USAGE'],
    ['a question for help', '? keys', 'USAGE'],
  ])('%s is refused, and nothing is queued', async (_, text, code) => {
    const {services, target, queue} = aRound()
    await expect(nudge(services, target, {...options, text})).rejects.toMatchObject({code})
    expect(await queue.open()).toEqual([])
  })

  test.each(['two\nlines', 'a\ttab'])('%j is refused when it would act as keys', async (text) => {
    const {services, target, agent} = aRound()
    agent.change({labels: {...agent.session?.labels, paste: 'typed'}})
    await expect(nudge(services, target, {...options, text})).rejects.toMatchObject({code: 'SEVERAL_LINES'})
  })

  test.each([{prompt: '> ', paste: 'bracketed'}, {kind: 'claude'}])(
    'several lines are given to an agent that takes them as text, as %j does',
    async (labels) => {
      const {services, target, agent, queue} = aRound()
      agent.change({labels: {town: '/real/town', rig: 'alpha', role: 'witness', ...labels}})
      const {id} = await nudge(services, target, {...options, text: 'two\nlines'})
      expect(await queue.find(id)).toMatchObject({text: 'two\nlines'})
    },
  )

  test('control characters are not stored', async () => {
    const {services, target, queue} = aRound()
    const {id} = await nudge(services, target, {...options, text: 'one\x1b[201~\x03\n'})
    expect(await queue.find(id)).toMatchObject({text: 'one[201~', incarnation: 'one', force: false})
  })

  test('a nudge keeps that it follows a usage limit, and that it is forced', async () => {
    const {services, target, queue} = aRound()
    const {id} = await nudge(services, target, {...options, text: 'go on', force: true, afterLimit: true})
    expect(await queue.find(id)).toMatchObject({force: true, afterLimit: true, state: 'delivered'})
  })

  test('the wait is over: it stays queued, and earlier nudges are left to the dispatcher', async () => {
    const {services, target, agent, add, queue} = aRound()
    const {id: first} = await add('first', {queuedAt: Date.now() - 5})
    const {state} = await nudge(services, target, {...options, text: 'second', waitMs: 1000})
    expect([state, (await queue.find(first))?.state]).toEqual(['queued', 'delivered'])
    expect(agent.submitted).toEqual(['first'])
  })

  test('the wait lasts as long as requested, and no longer', async () => {
    const {services, target, agent} = aRound()
    agent.covered = ['working']
    expect(await nudge(services, target, {...options, text: 'hello', waitMs: 5000})).toMatchObject({
      state: 'queued',
    })
    expect(agent.timer.now()).toBeGreaterThanOrEqual(5000)
    expect(agent.timer.now()).toBeLessThan(7000)
  })

  test('an agent that has ended, or no session: refused', async () => {
    const {services, target, agent} = aRound()
    agent.change({liveness: 'dead'})
    await expect(nudge(services, target, {...options, text: 'hello'})).rejects.toMatchObject({
      code: 'NOT_RUNNING',
    })
    agent.session = undefined
    await expect(nudge(services, target, {...options, text: 'hello'})).rejects.toMatchObject({
      code: 'NOT_RUNNING',
    })
  })
})
