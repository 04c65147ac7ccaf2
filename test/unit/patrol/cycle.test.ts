import {describe, expect, it} from 'vitest'
import {needsGate} from '../../../src/patrol/decide/decide.js'
import {revertAction} from '../../../src/patrol/memory/revert-action.js'
import {DEFAULT_THRESHOLDS} from '../../../src/patrol/settings/thresholds.js'
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
  startPatrol,
  unknown,
} from './support/patrol.js'

describe('a mass event', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const rig = (dead: number, changes = {}) =>
    names.map((name, index) => (index < dead ? gone({name, ...changes}) : polecat({name})))
  const all = (decision: {polecats: readonly {verdict: string}[]}) => [
    ...new Set(decision.polecats.map(({verdict}) => verdict)),
  ]

  it('ThreeDeathsTogether: one escalation, and nothing else in this cycle', () => {
    const patrol = acting({}, ...names)
    const decision = patrol.cycle(MINUTE, ...rig(3))
    expect(all(decision)).toEqual(['mass event'])
    expect(decision.polecats.flatMap(({actions}) => actions)).toEqual(names.map(() => ({kind: 'none'})))
    expect(decision.rigActions).toMatchObject([{kind: 'escalate', cause: 'mass event'}])
    const next = patrol.cycle(MINUTE, ...rig(3))
    expect(next.rigActions).toMatchObject([{kind: 'resolve', cause: 'mass event'}])
    expect(all(next)).toEqual(['crashed', 'healthy'])
  })

  it('TwoDeaths: are separate', () => {
    expect(all(acting({}, ...names).cycle(MINUTE, ...rig(2)))).toEqual(['crashed', 'healthy'])
  })

  it('ThreeDeathsApart: are separate', () => {
    const dead = [0, 40, 80].map((seconds, index) =>
      gone({name: names[index] ?? '', agent: is('gone', seconds * SECOND)}),
    )
    const patrol = acting({}, ...names)
    expect(all(patrol.cycle(10 * MINUTE, ...dead, ...rig(0).slice(3)))).toEqual(['crashed', 'healthy'])
  })

  it('ThreeFinished: are not deaths', () => {
    const patrol = acting({}, ...names)
    expect(all(patrol.cycle(MINUTE, ...rig(3, {work: is('terminal'), git: is('safe')})))).toEqual([
      'unclear',
      'healthy',
    ])
  })

  it('HalfTheRigNewlyBad: one mass event, whatever is wrong', () => {
    const half = names.map((name, index) => polecat({name, sandbox: is(index < 4 ? 'broken' : 'present')}))
    const patrol = acting({}, ...names)
    expect(all(patrol.cycle(MINUTE, ...half))).toEqual(['mass event'])
    expect(all(patrol.cycle(MINUTE, ...half))).toEqual(['corrupt sandbox', 'healthy'])
  })
})

describe('escalations', () => {
  it('Dirty: once for a hundred cycles, again for the next commit, and the first is resolved', () => {
    const patrol = acting()
    const dirty = finished({git: is('unsafe')})
    const done = Array.from({length: 100}, () => doneIn(patrol.cycle(MINUTE, dirty)))
    expect(done.flat()).toEqual(['escalate'])
    expect(doneIn(patrol.cycle(MINUTE, {...dirty, head: 'b'.repeat(40)}))).toEqual(['escalate', 'resolve'])
  })

  it('StoreErrors: one escalation after three cycles, and nothing ended for hours', () => {
    const patrol = acting()
    const done = Array.from({length: 200}, () => doneIn(patrol.cycle(MINUTE, gone({work: unknown}))))
    expect(done.slice(0, 3)).toEqual([[], [], ['escalate']])
    expect(done.flat()).toEqual(['escalate'])
    expect(doneIn(patrol.cycle(MINUTE, gone()))).toEqual(['restart', 'resolve'])
  })

  it('UnknownInBetween: resolves nothing', () => {
    const patrol = acting()
    const dirty = finished({git: is('unsafe')})
    patrol.cycle(MINUTE, dirty)
    expect(doneIn(patrol.cycle(MINUTE, {...dirty, git: unknown}))).toEqual([])
    expect(doneIn(patrol.cycle(MINUTE, dirty))).toEqual([])
  })

  it('AnotherQuestion: is another incident', () => {
    const patrol = acting()
    const asking = (detail: string) => polecat({state: {...is<'permission'>('permission', HOUR), detail}})
    expect(doneIn(patrol.cycle(HOUR, asking('rm -rf build?')))).toEqual(['escalate'])
    expect(doneIn(patrol.cycle(MINUTE, asking('rm -rf build?')))).toEqual([])
    expect(doneIn(patrol.cycle(MINUTE, asking('curl x?')))).toEqual(['escalate', 'resolve'])
  })

  it('PolecatGone: its incidents are resolved', () => {
    const patrol = acting()
    patrol.cycle(MINUTE, finished({git: is('unsafe')}))
    expect(patrol.cycle(MINUTE).rigActions).toMatchObject([{kind: 'resolve', cause: 'done, dirty'}])
    expect(patrol.cycle(MINUTE).rigActions).toEqual([])
  })

  it('NobodyReached: is repeated', () => {
    const patrol = acting()
    const dirty = finished({git: is('unsafe')})
    const [escalate] = patrol.cycle(MINUTE, dirty).polecats[0]?.actions ?? []
    if (!patrol.state || !escalate) throw new Error('nothing was decided')
    patrol.state = revertAction(patrol.state, 'nux', escalate)
    expect(doneIn(patrol.cycle(MINUTE, dirty))).toEqual(['escalate'])
  })
})

describe('doubt', () => {
  const clean = finished({agent: is('gone', HOUR)})

  it('NoMemory: the first cycle observes, the second acts', () => {
    const patrol = startPatrol()
    const first = patrol.cycle(0, clean)
    expect(first.doubt).toBe('there is no memory of earlier cycles')
    expect(first.polecats[0]?.actions).toEqual([
      {kind: 'observe', reason: 'there is no memory of earlier cycles', withheld: ['nuke']},
    ])
    expect(doneIn(patrol.cycle(MINUTE, clean))).toEqual(['nuke'])
  })

  it.each([2 * HOUR, -2 * HOUR])(
    'ClockJumps by %i ms: that cycle looks, and what it added to ages is not believed',
    (ms) => {
      const patrol = acting()
      patrol.jump(ms)
      const stalled = idle(2 * HOUR, {work: is('terminal')})
      expect(doneIn(patrol.cycle(MINUTE, stalled))).toEqual(['observe'])
      expect(doneIn(patrol.cycle(MINUTE, stalled))).toEqual([])
      expect(doneIn(patrol.cycle(14 * MINUTE, stalled))).toEqual(['end-session'])
    },
  )

  it('Reboot: that cycle only observes', () => {
    const patrol = acting()
    patrol.reboot()
    expect(patrol.cycle(HOUR, clean).doubt).toBe('the machine was rebooted')
  })

  it('WithheldActions: leave no trace, and follow in the next cycle', () => {
    const patrol = acting()
    patrol.jump(HOUR)
    patrol.cycle(MINUTE, gone())
    expect(patrol.state?.polecats.nux?.restarts).toEqual([])
    expect(doneIn(patrol.cycle(SECOND, gone()))).toEqual(['restart'])
  })
})

describe('needsGate', () => {
  const needed = (patrol: ReturnType<typeof acting>, signals: ReturnType<typeof polecat>) => {
    const clock = patrol.state?.clock ?? {wallMs: 0, monotonicMs: 0, bootId: ''}
    const {standing, mail} = patrol
    const rig = {rig: 'alpha', clock, standing, polecats: [signals], mail, removed: is([])}
    return needsGate(signals, {signals: rig, state: patrol.state, thresholds: DEFAULT_THRESHOLDS})
  }

  it.each([
    ['Finished', finished({git: unknown}), true],
    ['NoWork', gone({work: is('none')}), true],
    ['Open', gone(), false],
    ['Alive', polecat(), false],
    ['RequestOpen', finished({git: unknown, mergeRequest: is('open')}), false],
    ['Exiting', finished({git: unknown, doneIntent: is(SECOND)}), false],
  ])('%s: %s', (_, signals, expected) => {
    expect(needed(acting(), signals)).toBe(expected)
  })

  it('RigParked: false', () => {
    const patrol = acting()
    patrol.standing = is('parked')
    expect(needed(patrol, finished({git: unknown}))).toBe(false)
  })
})
