import {describe, expect, it} from 'vitest'
import {revertAction} from '../../../src/patrol/memory/revert-action.js'
import {
  acting,
  doneIn,
  gone,
  HOUR,
  idle,
  is,
  MINUTE,
  polecat,
  SECOND,
  startPatrol,
  unknown,
  verdictIn,
} from './support/patrol.js'

describe('a stalled worker', () => {
  it('IdleForLong: one nudge, one with a deadline, then a person', () => {
    const patrol = acting()
    const done = [6, 7, 10, 16, 17, 26, 31, 32, 60].map((minute, index, all) =>
      doneIn(patrol.cycle((minute - (all[index - 1] ?? 0)) * MINUTE, idle(minute * MINUTE))),
    )
    expect(done).toEqual([['nudge'], [], [], ['nudge'], [], [], ['escalate'], [], []])
  })

  it('NudgesEcho: is not progress', () => {
    const patrol = acting()
    expect(doneIn(patrol.cycle(6 * MINUTE, idle(6 * MINUTE)))).toEqual(['nudge'])
    // The text appeared a second after the decision.
    const later = (minutes: number) => patrol.cycle(minutes * MINUTE, idle(patrolTime() - SECOND))
    let since = 0
    const patrolTime = () => since
    since = 4 * MINUTE
    expect(verdictIn(later(4))).toBe('stalled')
    since = 10 * MINUTE
    expect(doneIn(later(6))).toEqual(['nudge'])
  })

  it('AgeInSeconds: rounding is not progress', () => {
    const patrol = acting()
    patrol.cycle(6 * MINUTE, idle(6 * MINUTE))
    patrol.cycle(10 * SECOND, idle(6 * MINUTE + 9 * SECOND))
    expect(patrol.state?.polecats.nux?.nudges.count).toBe(1)
  })

  it('Progress: starts another episode, with the same distance between nudges', () => {
    const patrol = acting()
    patrol.cycle(6 * MINUTE, idle(6 * MINUTE))
    expect(verdictIn(patrol.cycle(2 * MINUTE, polecat()))).toBe('healthy')
    expect(doneIn(patrol.cycle(6 * MINUTE, idle(6 * MINUTE)))).toEqual([])
    expect(doneIn(patrol.cycle(2 * MINUTE, idle(8 * MINUTE)))).toEqual(['nudge'])
  })

  it('NotTyped: the next cycle may retry', () => {
    const patrol = acting()
    const [nudge] = patrol.cycle(6 * MINUTE, idle(6 * MINUTE)).polecats[0]?.actions ?? []
    if (!patrol.state || !nudge) throw new Error('nothing was decided')
    patrol.state = revertAction(patrol.state, 'nux', nudge)
    expect(doneIn(patrol.cycle(MINUTE, idle(7 * MINUTE)))).toEqual(['nudge'])
  })
})

describe('a crashed worker', () => {
  it('Backoff: the first restart at once, the second after 30 s, the third 60 s later', () => {
    const patrol = acting()
    const done = [1, 29, 1, 59, 1].map((seconds) => doneIn(patrol.cycle(seconds * SECOND, gone())))
    expect(done).toEqual([['restart'], [], ['restart'], [], ['restart']])
  })

  it('FiveCrashes: no sixth start, not even in later cycles, and one escalation', () => {
    const patrol = acting({}, 'nux', 'far', 'off')
    const others = [polecat({name: 'far'}), polecat({name: 'off'})]
    const done: string[][] = []
    for (let crash = 0; crash < 8; crash++) {
      patrol.cycle(2 * MINUTE, polecat({life: lifeOf(crash)}), ...others)
      done.push(doneIn(patrol.cycle(SECOND, gone(), ...others)))
    }
    expect(done.flat()).toEqual(['restart', 'restart', 'restart', 'restart', 'escalate'])
    expect(verdictIn(patrol.cycle(HOUR, gone(), ...others))).toBe('crash-looping')
  })

  it('StableAgain: after half an hour its crashes are forgotten', () => {
    const patrol = acting()
    patrol.cycle(SECOND, gone())
    patrol.cycle(MINUTE, polecat({life: lifeOf(1)}))
    expect(patrol.state?.polecats.nux?.restarts).toHaveLength(1)
    patrol.cycle(31 * MINUTE, polecat({life: lifeOf(1)}))
    expect(patrol.state?.polecats.nux?.restarts).toEqual([])
  })

  it('AnotherLifeOfTheName: has no crashes of its own yet', () => {
    const patrol = acting()
    patrol.cycle(SECOND, gone())
    expect(doneIn(patrol.cycle(SECOND, gone({incarnation: 'i-2'})))).toEqual(['restart'])
  })

  it('IdUnreadable: the same life, with the same crashes', () => {
    const patrol = acting()
    patrol.cycle(SECOND, gone())
    expect(doneIn(patrol.cycle(SECOND, gone({incarnation: undefined})))).toEqual([])
    expect(doneIn(patrol.cycle(SECOND, gone()))).toEqual([])
  })

  it('Attached: a person is notified once instead', () => {
    const life = {...lifeOf(1), attached: 1}
    const exited = polecat({life, agent: is('gone'), state: is('shell')})
    const patrol = acting()
    expect(doneIn(patrol.cycle(SECOND, exited))).toEqual(['escalate'])
    expect(doneIn(patrol.cycle(HOUR, exited))).toEqual([])
    expect(doneIn(patrol.cycle(HOUR, {...exited, life: {...life, attached: 0}}))).toEqual(['restart'])
  })

  it('Several: two restarts per cycle, the longest waiting first', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const patrol = acting({massEventDeaths: 99, massEventHalfOf: 99}, ...names)
    const all = names.map((name, index) => gone({name, agent: is('gone', index * SECOND)}))
    const restarted = (decision: ReturnType<typeof patrol.cycle>) =>
      decision.polecats
        .filter(({actions}) => actions.some(({kind}) => kind === 'restart'))
        .map(({name}) => name)
    expect(restarted(patrol.cycle(MINUTE, ...all))).toEqual(['f', 'g'])
    expect(restarted(patrol.cycle(SECOND, ...all))).toEqual(['d', 'e'])
  })
})

describe('an agent that does not answer', () => {
  const silent = (cpu: number, probe: 'failed' | 'answered' = 'failed') =>
    polecat({quiet: is(40 * MINUTE), cpu: is(cpu), probe: is(probe)})

  it('Hung: escalated after three silent cycles and three failed probes', () => {
    const patrol = acting()
    const verdicts = Array.from({length: 4}, () => verdictIn(patrol.cycle(40 * MINUTE, silent(5))))
    expect(verdicts).toEqual(['unclear', 'unclear', 'hung', 'hung'])
  })

  it.each([
    ['ChildAtWork', (cycle: number) => silent(cycle * 1000)],
    ['Answers', (cycle: number) => silent(5, cycle % 3 === 0 ? 'answered' : 'failed')],
    ['CpuUnknown', () => ({...silent(5), cpu: unknown})],
    ['Asks', () => ({...silent(5), state: is<'permission'>('permission', HOUR), work: is<'none'>('none')})],
  ])('%s: not hung', (_, signals) => {
    const patrol = acting()
    const verdicts = Array.from({length: 9}, (_, cycle) =>
      verdictIn(patrol.cycle(10 * MINUTE, signals(cycle))),
    )
    expect(verdicts).not.toContain('hung')
  })

  it('RestartAllowed: only with a known state', () => {
    const hungCycle = (signals: ReturnType<typeof polecat>) => {
      const patrol = acting({restartHung: true})
      for (let cycle = 0; cycle < 2; cycle++) patrol.cycle(40 * MINUTE, signals)
      return doneIn(patrol.cycle(40 * MINUTE, signals))
    }
    expect(hungCycle(silent(5))).toEqual(['escalate', 'restart'])
    expect(hungCycle({...silent(5), state: unknown})).toEqual(['escalate'])
  })
})

describe('dialogs and limits', () => {
  const blocked = polecat({
    state: is('dialog', HOUR),
    agent: is('alive', HOUR),
    quiet: is(2 * MINUTE),
  })

  it.each([
    ['DialogNotAllowed', {}, ['escalate']],
    ['DialogAllowed', {answerable: true}, ['press-dialog', 'press-dialog', 'escalate']],
    ['DialogWatched', {answerable: true, life: {...lifeOf(1), attached: 1}}, ['escalate']],
  ])('%s: keys only as the user said, and two tries', (_, changes, expected) => {
    const patrol = startPatrol()
    const dialog = {...blocked, ...changes}
    patrol.cycle(0, dialog)
    const done = Array.from({length: 5}, () => doneIn(patrol.cycle(2 * SECOND, dialog)))
    expect(done.flat()).toEqual(expected)
  })

  it('LimitOver: one nudge, to an agent with open work', () => {
    const patrol = acting()
    const limited = polecat({state: is('limit'), limitEndsInMs: 20 * MINUTE})
    expect(doneIn(patrol.cycle(MINUTE, limited))).toEqual([])
    const waits = idle(30 * MINUTE)
    const done = Array.from({length: 5}, () => doneIn(patrol.cycle(19 * MINUTE, waits)))
    expect(done[0]).toEqual([])
    expect(done[1]).toEqual(['nudge'])
    expect(done.flat().filter((kind) => kind === 'nudge')).toHaveLength(1)
  })

  it('LimitOver: one nudge when it is still shown above the prompt; a person when a dialog is open', () => {
    const limited = (limitEndsInMs: number, promptEmpty: boolean) =>
      polecat({state: is('limit'), limitEndsInMs, promptEmpty})
    for (const [promptEmpty, expected] of [
      [true, ['nudge']],
      [false, ['escalate']],
    ] as const) {
      const patrol = acting()
      expect(doneIn(patrol.cycle(MINUTE, limited(20 * MINUTE, promptEmpty)))).toEqual([])
      // The same message, read a moment after its time, would mean the next day.
      const tomorrow = limited(24 * HOUR - MINUTE, promptEmpty)
      const late = [21, 1, 1].map((minutes) => doneIn(patrol.cycle(minutes * MINUTE, tomorrow)))
      expect(late.flat()).toEqual(expected)
    }
  })

  it('AnotherLimit: another nudge at its end', () => {
    const patrol = acting()
    const limited = (limitEndsInMs: number) => polecat({state: is('limit'), limitEndsInMs, promptEmpty: true})
    const done = [limited(MINUTE), limited(0), limited(5 * HOUR), limited(0), limited(0)].map(
      (signals, index) => doneIn(patrol.cycle(index === 3 ? 5 * HOUR : MINUTE, signals)),
    )
    expect(done).toEqual([[], ['nudge'], [], ['nudge'], []])
  })

  it.each([
    ['its end is not known', {}],
    ['it lasts after the word that it is over', {limitEndsInMs: HOUR}],
  ])('LongLimit: a person is told once where %s', (_, end) => {
    const patrol = acting()
    const limited = polecat({state: is('limit'), promptEmpty: true, ...end})
    patrol.cycle(MINUTE, limited)
    const after = polecat({state: is('limit'), promptEmpty: true})
    const done = Array.from({length: 10}, () => doneIn(patrol.cycle(HOUR, after)))
    expect(done.slice(0, 5).flat()).not.toContain('escalate')
    expect(done.flat().filter((kind) => kind === 'escalate')).toHaveLength(1)
    expect(done.flat().filter((kind) => kind === 'nudge')).toHaveLength('limitEndsInMs' in end ? 1 : 0)
  })
})

function lifeOf(number: number) {
  return {
    id: `$${number}`,
    incarnation: `s-${number}`,
    createdAt: number,
    ageMs: MINUTE,
    ours: true,
    attached: 0,
  }
}
