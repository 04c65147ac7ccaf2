import {describe, expect, it} from 'vitest'
import type {PolecatSignals} from '../../../src/patrol/signals.js'
import {
  acting,
  doneIn,
  finished,
  gone,
  HOUR,
  idle,
  is,
  MINUTE,
  polecat,
  SECOND,
  unknown,
  verdictIn,
} from './support/patrol.js'

type Case = [title: string, signals: PolecatSignals, verdict: string, actions: string[]]

const broken = is<'broken'>('broken')
const absent = is<'absent'>('absent')

describe('the verdict table, each row with what is known from one cycle', () => {
  const cases: Case[] = [
    ['1 session unknown', polecat({session: unknown}), 'indeterminate', []],
    ['1 work unknown where it is needed', gone({work: unknown}), 'indeterminate', []],
    ['1 work unknown where it is not', polecat({work: unknown}), 'healthy', []],
    ['1 merge request unknown', gone({mergeRequest: unknown}), 'indeterminate', []],
    ['1 git unknown', finished({git: unknown}), 'indeterminate', []],
    [
      '1 intent to be done unknown',
      idle(HOUR, {work: is('terminal'), doneIntent: unknown}),
      'indeterminate',
      [],
    ],
    ['1 stuck unknown', idle(HOUR, {work: is('terminal'), stuck: unknown}), 'indeterminate', []],
    ['3 spawning', gone({incarnation: 'new', spawned: is(4 * MINUTE)}), 'spawning', []],
    ['3 spawn failed', gone({incarnation: 'new', spawned: is(6 * MINUTE)}), 'crashed', ['restart']],
    ['4 exiting', gone({doneIntent: is(59 * SECOND)}), 'exiting', []],
    ['4 no longer', gone({doneIntent: is(61 * SECOND)}), 'crashed', ['restart']],
    ['6 corrupt', gone({sandbox: broken}), 'corrupt sandbox', ['escalate']],
    ['7 request open', gone({mergeRequest: is('open'), work: unknown}), 'waiting for merge', []],
    ['8 clean', finished({agent: is('gone', 11 * MINUTE)}), 'done, clean', ['nuke']],
    ['8 too early', finished(), 'unclear', []],
    ['8 no work ever', finished({work: is('none'), agent: is('gone', HOUR)}), 'done, clean', ['nuke']],
    ['9 dirty', finished({git: is('unsafe')}), 'done, dirty', ['escalate']],
    ['11 crashed', gone(), 'crashed', ['restart']],
    ['11 exited to its shell', polecat({agent: is('gone'), state: is('shell')}), 'crashed', ['restart']],
    ['12 stuck', polecat({stuck: is(true)}), 'stuck', ['escalate']],
    ['13a limit', polecat({state: is('limit')}), 'limited', []],
    ['13b asking', polecat({state: is('permission', 2 * MINUTE)}), 'waiting for a person', ['escalate']],
    ['13b not for long', polecat({state: is('question', MINUTE)}), 'healthy', []],
    ['13b without work', polecat({state: is('question', HOUR), work: is('none')}), 'healthy', []],
    ['14 healthy', polecat(), 'healthy', []],
    ['15 idle', idle(HOUR, {work: is('none')}), 'idle, waiting', []],
    ['16 lingering', idle(15 * MINUTE, {work: is('terminal')}), 'lingering', ['end-session']],
    ['16 not yet', idle(14 * MINUTE, {work: is('terminal')}), 'unclear', []],
    ['17 stalled', idle(6 * MINUTE), 'stalled', ['nudge']],
    ['17 late', idle(16 * MINUTE), 'stalled', ['nudge']],
    ['17 very late', idle(31 * MINUTE), 'stalled', ['escalate']],
    ['17 a person types', idle(6 * MINUTE, {state: is('draft')}), 'stalled', []],
    ['20 busy and silent', polecat({quiet: is(HOUR)}), 'unclear', []],
    ['20 neither session nor sandbox', gone({sandbox: absent}), 'unclear', []],
  ]
  it.each(cases)('%s', (_, signals, verdict, actions) => {
    // The earlier look is as long ago as the oldest thing that a case tells of.
    const decision = acting().cycle(HOUR, signals)
    expect([verdictIn(decision), doneIn(decision)]).toEqual([verdict, actions])
  })

  it.each(['parked', 'docked', 'paused', 'shutting down'] as const)('0 rig %s: only looks', (standing) => {
    const patrol = acting()
    patrol.standing = is(standing)
    const decision = patrol.cycle(HOUR, finished({agent: is('gone', HOUR)}))
    expect([verdictIn(decision), doneIn(decision)]).toEqual(['skipped', ['observe']])
  })

  it('1 standing unknown: nothing is done', () => {
    const patrol = acting()
    patrol.standing = unknown
    const decision = patrol.cycle(HOUR, finished({agent: is('gone', HOUR)}))
    expect([verdictIn(decision), doneIn(decision)]).toEqual(['indeterminate', []])
  })

  it('5 orphan session: ended when it was seen twice', () => {
    const orphan = polecat({sandbox: absent})
    const patrol = acting()
    expect(verdictIn(patrol.cycle(MINUTE, orphan))).toBe('healthy')
    expect(doneIn(patrol.cycle(MINUTE, orphan))).toEqual(['end-session'])
  })

  it.each<[string, Partial<NonNullable<PolecatSignals['life']>>]>([
    ['not ours', {ours: false}],
    ['attached', {attached: 1}],
    ['attached unknown', {attached: 'unknown'}],
    ['young', {ageMs: 4 * MINUTE}],
  ])('5 orphan session %s: left alone', (_, life) => {
    const orphan = polecat({sandbox: absent})
    const other = {...orphan, life: {...(orphan.life as NonNullable<typeof orphan.life>), ...life}}
    const patrol = acting()
    patrol.cycle(MINUTE, other)
    expect(doneIn(patrol.cycle(MINUTE, other))).toEqual([])
  })

  it('5 another session of the same name: begins anew', () => {
    const patrol = acting()
    const orphan = polecat({sandbox: absent})
    patrol.cycle(MINUTE, orphan)
    const next = {...orphan, life: {...(orphan.life as NonNullable<typeof orphan.life>), id: '$2'}}
    expect(doneIn(patrol.cycle(MINUTE, next))).toEqual([])
  })

  it('8 with a shell left: the session ends first', () => {
    const decision = acting().cycle(
      HOUR,
      polecat({agent: is('gone', HOUR), state: is('shell'), work: is('terminal'), git: is('safe')}),
    )
    expect(doneIn(decision)).toEqual(['end-session', 'nuke'])
    expect(decision.polecats[0]?.actions[1]).toMatchObject({
      expect: {incarnation: 'i-1', session: {id: '$1', createdAt: 1000}, head: 'a'.repeat(40)},
    })
  })

  it('8 where sandboxes are kept: nothing is removed', () => {
    const decision = acting({keepDone: true}).cycle(HOUR, finished({agent: is('gone', HOUR)}))
    expect([verdictIn(decision), doneIn(decision)]).toEqual(['done, clean', []])
  })

  it('Evidence: says of each signal where it is from and how old it is', () => {
    const decision = acting().cycle(HOUR, idle(6 * MINUTE))
    expect(decision.polecats[0]).toMatchObject({row: '17', name: 'nux', incarnation: 'i-1'})
    expect(decision.polecats[0]?.evidence).toContainEqual({
      signal: 'quiet',
      source: 'window',
      value: 6 * MINUTE,
      ageMs: 0,
    })
  })
})
