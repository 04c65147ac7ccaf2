import {plainStyle} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {type AgentHealth, cooldownLeft} from '../../src/health/state.js'
import {afterCheck, shouldForceKill} from '../../src/health/verdict.js'
import {renderHealth} from '../../src/health/view.js'
import {freshness} from '../../src/heartbeat.js'
import {duration} from '../../src/words.js'

const now = Date.parse('2026-01-20T12:00:00Z')
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString()

const killed: AgentHealth = {
  agent_id: 'alpha/witness',
  last_ping_time: ago(61),
  consecutive_failures: 0,
  last_force_kill_time: ago(60),
  last_force_kill_reason: 'silent',
  force_kill_count: 1,
}

test('the cooldown counts from the last kill, and is over where there was none', () => {
  expect(cooldownLeft(killed, 300_000, now)).toBe(240_000)
  expect(cooldownLeft(killed, 60_000, now)).toBe(0)
  const {last_force_kill_time: _, ...never} = killed
  expect(cooldownLeft(never, 300_000, now)).toBe(0)
})

test('a response ends the row of failures, a silence lengthens it', () => {
  const failing = {...killed, consecutive_failures: 2}
  expect(afterCheck({outcome: 'responded'})(failing, ago(0))).toMatchObject({consecutive_failures: 0})
  expect(afterCheck({outcome: 'no_response'})(failing, ago(0))).toEqual({
    last_ping_time: ago(0),
    consecutive_failures: 3,
  })
})

test.each([
  ['no_response', 3, true],
  ['no_response', 2, false],
  ['responded', 3, false],
  ['not_running', 3, false],
] as const)('%s with %i failures of 3: to be killed %s', (outcome, failures, expected) => {
  expect(shouldForceKill({agent: 'a', sign: {outcome}, failures, limit: 3})).toBe(expected)
})

test('the state of all agents, by name', () => {
  const other = {agent_id: 'alpha/nux', consecutive_failures: 1, force_kill_count: 0}
  const agents = new Map([killed, other].map((health) => [health.agent_id, health]))
  const {text, json} = renderHealth({agents, lastUpdated: ago(0)}, {cooldownMs: 300_000, now}, plainStyle)
  expect(text).toBe(`● Health Check State (updated ${ago(0)})

Agent: alpha/nux
  Consecutive failures: 1
  Total force-kills: 0

Agent: alpha/witness
  Last ping: 1m1s ago
  Consecutive failures: 0
  Total force-kills: 1
  Last force-kill: 1m0s ago
  Reason: silent
  Cooldown: 4m0s remaining`)
  expect(json).toMatchObject({agents: {'alpha/nux': other}})
})

test.each([
  [299_999, 'fresh'],
  [300_000, 'stale'],
  [1_199_999, 'stale'],
  [1_200_000, 'very stale'],
])('a heartbeat of %i ms is %s', (age, expected) => {
  expect(freshness(age)).toBe(expected)
})

test.each([
  [-5, '0s'],
  [400, '0s'],
  [59_499, '59s'],
  [60_000, '1m0s'],
  [3_605_000, '1h0m5s'],
])('%i ms are %s', (ms, expected) => {
  expect(duration(ms)).toBe(expected)
})
