import {type AgentState, GtError, type Peek} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {signOfLife} from '../../src/health/sign-of-life.js'

/** One look at an agent: what it is doing, and when something last appeared on its screen. */
type Look = [state: AgentState, lastActivityAt: number]

/** Gives one look after the other, the last one again and again. */
async function after(looks: Look[], timeoutMs = 60_000) {
  let index = 0
  let waits = 0
  const look = async () => {
    const next = looks[Math.min(index++, looks.length - 1)]
    if (!next) throw new GtError('it does not run', {code: 'NOT_RUNNING'})
    const [state, lastActivityAt] = next
    return {reading: {state, evidence: []}, session: {lastActivityAt}} as unknown as Peek
  }
  const sign = await signOfLife({look, timeoutMs, onWait: () => waits++})
  return {...sign, waits}
}

test.each<AgentState>(['idle', 'draft', 'menu', 'permission', 'question', 'dialog', 'limit'])(
  'an agent in state %s waits for somebody: it responded at the first look',
  async (state) => {
    expect(await after([[state, 1]])).toEqual({outcome: 'responded', state, waits: 0})
  },
)

test.each<AgentState>(['dead', 'shell'])('an agent in state %s fails at the first look', async (state) => {
  expect(await after([[state, 1]])).toEqual({outcome: 'no_response', state, waits: 0})
})

test.each<AgentState>(['busy', 'starting', 'unknown'])(
  'an agent in state %s responds by something new on its screen',
  async (state) => {
    const looks: Look[] = [
      [state, 1],
      [state, 1],
      [state, 2],
    ]
    expect(await after(looks)).toEqual({outcome: 'responded', state, waits: 1})
  },
)

test('an agent that finishes its work while it is watched responds', async () => {
  const looks: Look[] = [
    ['busy', 1],
    ['idle', 1],
  ]
  expect(await after(looks)).toMatchObject({outcome: 'responded', state: 'idle'})
})

test('a busy agent with nothing new until the timeout fails', async () => {
  expect(await after([['busy', 1]], 50)).toEqual({outcome: 'no_response', state: 'busy', waits: 1})
})

test('no session: it does not run, which is no failure', async () => {
  expect(await after([])).toMatchObject({outcome: 'not_running'})
})

test('an agent that cannot be looked at: is an error, not one that does not run', async () => {
  const look = () => Promise.reject(new GtError('tmux is silent', {code: 'BACKEND_UNAVAILABLE'}))
  await expect(signOfLife({look, timeoutMs: 1, onWait: () => {}})).rejects.toThrow('tmux is silent')
})

test('an interrupt ends the wait', async () => {
  const controller = new AbortController()
  const look = async () =>
    ({reading: {state: 'busy', evidence: []}, session: {lastActivityAt: 1}}) as unknown as Peek
  const onWait = () => controller.abort()
  const {signal} = controller
  await expect(signOfLife({look, timeoutMs: 60_000, onWait, signal})).rejects.toThrow(/abort/)
})
