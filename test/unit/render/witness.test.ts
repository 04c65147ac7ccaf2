import type {RoleStatus, SessionEvidence} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {witnessView} from '../../../src/render/witness.js'
import {alphaRef, aSession} from '../../support/refs.js'

const plain = {bold: (text: string) => text, dim: (text: string) => text}
const asked = {sessionName: 'gt-alpha-witness', backend: 'tmux', workers: ['nux']}
const session = aSession({
  createdAt: Date.UTC(2026, 0, 20, 12),
  lastActivityAt: Date.UTC(2026, 0, 20, 13),
  labels: {agent: 'claude'},
})
const facts = {
  agent: 'claude',
  backend: 'tmux',
  pid: 4711,
  started_at: '2026-01-20T12:00:00.000Z',
  attached: false,
  last_activity_at: '2026-01-20T13:00:00.000Z',
}
const at = 1_000_000
const seen: SessionEvidence = {
  session: {value: 'present', source: 'tmux', at},
  readiness: {value: 'ready', source: 'start', at: at - 60_000},
}
const shown = {
  evidence: {
    session: {value: 'present', source: 'tmux', age_ms: 0},
    readiness: {value: 'ready', source: 'start', age_ms: 60_000},
  },
}
const render = (status: RoleStatus) => witnessView.status(alphaRef(), status, plain)

/** As text, since the order of the keys is part of the format. */
const lines = (json: unknown) => JSON.stringify(json, null, 2).split('\n')

describe('status as JSON', () => {
  test('running: the original keys, then the evidence', () => {
    const {json} = render({...asked, liveness: 'alive', session, evidence: seen})
    const original = {
      running: true,
      rig_name: 'alpha',
      session: 'gt-alpha-witness',
      monitored_polecats: ['nux'],
    }
    expect(lines(json)).toEqual(lines({...original, liveness: 'alive', ...facts, ...shown}))
  })

  test('dead: no session name, but exit, reason and post-mortem', () => {
    const dead = {...session, liveness: 'dead' as const, exit: {code: 3}, attached: 2}
    const reason = 'its agent exited with code 3'
    const {json} = render({
      ...asked,
      liveness: 'dead',
      session: dead,
      reason,
      postMortem: '/town/x.json',
      evidence: seen,
    })
    const original = {running: false, rig_name: 'alpha', monitored_polecats: ['nux']}
    const end = {exit: {code: 3}, reason, post_mortem: '/town/x.json'}
    expect(lines(json)).toEqual(
      lines({...original, liveness: 'dead', ...facts, attached: true, ...end, ...shown}),
    )
  })

  test('dead for an unknown reason: an empty exit', () => {
    const dead = {...session, liveness: 'dead' as const, labels: {}}
    const {json} = render({...asked, liveness: 'dead', session: dead, reason: 'it ended', evidence: seen})
    expect(json).toMatchObject({exit: {}})
    expect(json).not.toHaveProperty('agent')
  })

  test('no session: dead, and nothing more', () => {
    const absent = {session: {value: 'absent' as const, source: 'tmux', at}}
    const {json} = render({...asked, liveness: 'absent', workers: [], evidence: absent})
    const evidence = {session: {value: 'absent', source: 'tmux', age_ms: 0}}
    expect(lines(json)).toEqual(lines({running: false, rig_name: 'alpha', liveness: 'dead', evidence}))
  })
})

test.each([
  [false, 'Started witness session for alpha'],
  [
    true,
    "Started witness session for alpha\n  It runs the built-in agent 'patrol', by rules: no AI agent is configured or installed",
  ],
])('attach had to start it, by nobody’s choice of agent: %s', (isFallback, text) => {
  const started = {outcome: 'started' as const, session, agent: 'patrol', isFallback}
  expect(witnessView.startedForAttach(alphaRef(), started)).toBe(text)
})

test('an agent that outlived its backend: not running, and not dead either', () => {
  const reason = 'its agent outlived its session'
  const absent = {session: {value: 'absent' as const, source: 'tmux', at}}
  const {json, text} = render({...asked, liveness: 'outlived', reason, evidence: absent})
  expect(json).toMatchObject({running: false, liveness: 'alive', reason})
  expect(text).toContain(`○ stopped\n  Reason: ${reason}`)
})

test.each([
  ['idle', '  Agent: idle (screen)'],
  ['unknown', undefined],
] as const)('an agent whose state is %s: %s', (state, line) => {
  const evidence = [{source: 'screen' as const, state, value: 'x', at}]
  const {text} = render({...asked, liveness: 'alive', session, reading: {state, evidence}, evidence: seen})
  expect(text.split('\n').find((one) => one.includes('Agent:'))).toBe(line)
})

test.each([
  [true, {agent: 'patrol', agent_fallback: true}],
  [false, {agent: 'patrol'}],
])('a start, by nobody’s choice of agent: %s', (isFallback, facts) => {
  const started = {outcome: 'started' as const, session, agent: 'patrol', isFallback}
  expect(witnessView.started(alphaRef(), started, plain).json).toEqual({
    outcome: 'started',
    rig_name: 'alpha',
    session: 'gt-alpha-witness',
    ...facts,
  })
})
