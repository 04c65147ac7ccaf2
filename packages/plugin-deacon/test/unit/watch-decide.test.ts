import {expect, test} from 'vitest'
import {confirmed, decide} from '../../src/watch/decide.js'
import type {Observation, ObservedWitness} from '../../src/watch/observation.js'

const now = Date.parse('2026-01-20T12:00:00Z')

const well: ObservedWitness = {
  rig: 'alpha',
  is: 'seen',
  standing: 'operational',
  desired: true,
  liveness: 'alive',
  incarnation: 'one',
  stopping: false,
  frozen: false,
  attached: false,
}
const gone = ({rig = 'alpha', ...more}: Partial<ObservedWitness> = {}): ObservedWitness => {
  const {incarnation: _, ...rest} = well
  return {...rest, liveness: 'absent', ...more, rig}
}

interface Given {
  unchangedMs?: number
  restarts?: Record<string, {restart_count: number; backoff_until?: string; last_restart?: string}>
  doubt?: string
}

function decideAll(observations: Observation[], {unchangedMs = 0, restarts = {}, doubt}: Given = {}) {
  return decide(observations, {
    now,
    unchangedMs: new Map(observations.map(({rig}) => [rig, unchangedMs])),
    restarts: new Map(Object.entries(restarts)),
    ...(doubt !== undefined && {doubt}),
  })
}

const patrolling = {...well, patrol: {cycleMs: 30_000}}

test.each<[string, Observation, number, string, string]>([
  ['alive', well, 9e9, 'well', 'none'],
  ['a patrol whose cycles end', patrolling, 59_999, 'well', 'none'],
  ['a patrol after two intervals', patrolling, 60_000, 'late', 'none'],
  ['a patrol before five', patrolling, 149_999, 'late', 'none'],
  ['a patrol after five', patrolling, 150_000, 'silent', 'restart'],
  ['a frozen process', {...well, frozen: true}, 0, 'frozen', 'restart'],
  ['a session whose agent has ended', {...well, liveness: 'dead'}, 0, 'gone', 'restart'],
  ['no session', gone(), 0, 'gone', 'restart'],
  ['no session, and its agent lives on', gone({liveness: 'outlived'}), 0, 'gone', 'restart'],
  ['a stop under way', {...well, stopping: true}, 119_999, 'stopping', 'none'],
  ['a stop that never ended', {...well, stopping: true}, 120_000, 'half stopped', 'restart'],
  ['a stop on purpose', gone({desired: false}), 0, 'off', 'none'],
  ['frozen, and nobody started it to be kept', {...well, frozen: true, desired: false}, 0, 'frozen', 'none'],
  ['no answer', {rig: 'alpha', is: 'unknown', why: 'tmux is silent'}, 9e9, 'unknown', 'none'],
  ['a standing that cannot be told', gone({standing: 'unknown'}), 0, 'unknown', 'none'],
  ['one that cannot be told, for a reason', gone({standing: 'unknown', reason: 'x'}), 0, 'unknown', 'none'],
  ['a parked rig', gone({standing: 'parked'}), 0, 'skipped', 'none'],
  ['a docked rig', gone({standing: 'docked'}), 0, 'skipped', 'none'],
  ['a paused rig', gone({standing: 'paused'}), 0, 'skipped', 'none'],
  ['a rig that is shut down', gone({standing: 'shutting down'}), 0, 'skipped', 'none'],
])('%s: %#', (_, observation, unchangedMs, finding, action) => {
  const [decision] = decideAll([observation], {unchangedMs})
  expect([decision?.finding, decision?.action.kind]).toEqual([finding, action])
})

test('a restart names the life to end, where there is one', () => {
  const [frozen, absent] = decideAll([{...well, frozen: true}, gone({rig: 'beta'})])
  expect(frozen?.action).toEqual({kind: 'restart', incarnation: 'one'})
  expect(absent?.action).toEqual({kind: 'restart'})
})

test('two restarts a cycle, those first that were restarted least; the others wait their turn', () => {
  const restarts = {
    'alpha/witness': {restart_count: 3, last_restart: '2026-01-20T11:50:00Z'},
    'beta/witness': {restart_count: 1, last_restart: '2026-01-20T11:50:00Z'},
  }
  const observations = ['alpha', 'beta', 'gamma'].map((rig) => gone({rig}))
  expect(decideAll(observations, {restarts}).map(({action}) => action)).toEqual([
    {kind: 'none', reason: 'its turn is in the next cycle'},
    {kind: 'restart'},
    {kind: 'restart'},
  ])
})

test('a back-off, a crash loop, a terminal and a doubt each hold a restart back', () => {
  const waiting = {
    restart_count: 1,
    last_restart: '2026-01-20T11:59:50Z',
    backoff_until: '2026-01-20T12:00:20Z',
  }
  const looping = {restart_count: 5, last_restart: '2026-01-20T11:59:00Z'}
  const of = (observation: ObservedWitness, given: Given) => decideAll([observation], given)[0]?.action
  expect(of(gone(), {restarts: {'alpha/witness': waiting}})).toEqual({
    kind: 'none',
    reason: 'the next restart is allowed in 20s',
  })
  expect(of(gone(), {restarts: {'alpha/witness': looping}})).toEqual({
    kind: 'escalate',
    cause: 'crash-looping',
  })
  expect(of({...well, frozen: true, attached: true}, {})).toEqual({
    kind: 'escalate',
    cause: 'held by a terminal',
  })
  expect(of(gone(), {doubt: 'its memory is lost', restarts: {'alpha/witness': looping}})).toEqual({
    kind: 'none',
    reason: 'its memory is lost',
  })
})

test('only what two looks agree on is restarted', () => {
  const first = decideAll([gone(), well])
  const mended = decideAll([well])
  const broken = decideAll([gone({rig: 'beta'})])
  expect(confirmed(first, first)).toEqual(first)
  expect(confirmed(first, mended)[0]?.action.kind).toBe('none')
  expect(confirmed(mended, decideAll([gone()]))[0]?.action).toEqual({
    kind: 'none',
    reason: 'it was not so a moment ago',
  })
  expect(confirmed(first, broken)[0]?.action.kind).toBe('none')
})

test('two looks agree only where they find the same and would do the same', () => {
  const waiting = {restart_count: 1, last_restart: '2026-01-20T11:59:50Z'}
  const early = {...waiting, backoff_until: '2026-01-20T12:00:01Z'}
  const over = {...waiting, backoff_until: '2026-01-20T12:00:00Z'}
  const kinds = (before: ReturnType<typeof decideAll>, now: ReturnType<typeof decideAll>) =>
    confirmed(before, now).map(({action}) => action.kind)
  const tooEarly = decideAll([gone()], {restarts: {'alpha/witness': early}})
  const allowed = decideAll([gone()], {restarts: {'alpha/witness': over}})
  const held = decideAll([gone({attached: true})])
  const frozen = decideAll([{...well, frozen: true}])
  expect(kinds(tooEarly, allowed)).toEqual(['none'])
  expect(kinds(held, allowed)).toEqual(['none'])
  expect(kinds(frozen, allowed)).toEqual(['none'])
  expect(kinds(allowed, allowed)).toEqual(['restart'])
})
