// Decisions on both sides of each threshold, and the effect of a single unknown or different signal.
import {describe, expect, it} from 'vitest'
import type {Action} from '../../../src/patrol/actions.js'
import {NO_MAIL} from '../../../src/patrol/mail/mail-memory.js'
import type {PolecatMemory} from '../../../src/patrol/memory/memory.js'
import {revertAction} from '../../../src/patrol/memory/revert-action.js'
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
  type Patrol,
  polecat,
  SECOND,
  startPatrol,
  unknown,
  verdictIn,
} from './support/patrol.js'

const live = polecat().life as NonNullable<PolecatSignals['life']>

const memoryOf = ({state}: Patrol) => state?.polecats.nux as PolecatMemory

describe('a dialog before the first prompt', () => {
  const dialog = (aliveMs: number, quietMs: number, changes: Partial<PolecatSignals> = {}) =>
    polecat({
      state: is('dialog'),
      agent: is('alive', aliveMs),
      quiet: is(quietMs),
      answerable: true,
      ...changes,
    })

  it.each([
    ['as long as it may take', 90 * SECOND, 2 * MINUTE, []],
    ['longer', 90 * SECOND + 1, 2 * MINUTE, ['press-dialog']],
    ['longer, and quiet for long enough', HOUR, MINUTE, ['press-dialog']],
    ['longer, and moving', HOUR, MINUTE - 1, []],
  ])('An agent that lives for %s', (_, aliveMs, quietMs, expected) => {
    const patrol = startPatrol()
    patrol.cycle(0, dialog(aliveMs, quietMs))
    expect(doneIn(patrol.cycle(0, dialog(aliveMs, quietMs)))).toEqual(expected)
  })

  it.each([
    ['it was at work before', ['busy'], false],
    ['it was at work before, and could not be read since', ['busy', 'unknown'], false],
    ['nothing of it could be read before', ['unknown'], true],
    ['it was starting', ['starting'], true],
    ['it showed only dialogs', ['dialog'], true],
  ] as const)('Keys where %s', (_, states, pressed) => {
    const patrol = startPatrol()
    for (const state of states) patrol.cycle(MINUTE, dialog(HOUR, 2 * MINUTE, {state: is(state)}))
    expect(doneIn(patrol.cycle(0, dialog(HOUR, 2 * MINUTE))).includes('press-dialog')).toBe(pressed)
  })

  it('Its start did not allow an answer: a person is notified', () => {
    const patrol = startPatrol()
    const blocked = dialog(HOUR, 2 * MINUTE, {answerable: false})
    patrol.cycle(0, blocked)
    expect(doneIn(patrol.cycle(0, blocked))).toEqual(['escalate'])
  })
})

type Case = [title: string, signals: PolecatSignals, verdict: string, actions: string[]]

it.each<Case>([
  ['Alive, and of its activity nothing is known', polecat({quiet: unknown}), 'unclear', []],
  ['At its prompt, and of its activity nothing is known', idle(0, {quiet: unknown}), 'unclear', []],
  ['Done, with a draft in its prompt', idle(HOUR, {state: is('draft'), work: is('terminal')}), 'unclear', []],
  ['Stuck, as a message said', polecat({stuck: is(true, 0, 'message')}), 'stuck', []],
  ['Gone, and of its sandbox nothing is known', gone({sandbox: unknown}), 'indeterminate', []],
  ['Gone, and whether it is done is not known', gone({doneIntent: unknown}), 'indeterminate', []],
  [
    'Never started, and of its spawn nothing is known',
    gone({incarnation: 'new', spawned: unknown}),
    'indeterminate',
    [],
  ],
  ['Gone a while after it was spawned', gone({spawned: is(4 * MINUTE)}), 'crashed', ['restart']],
  ['Exiting for as long as that may take', gone({doneIntent: is(MINUTE)}), 'crashed', ['restart']],
  ['Done for as long as it is kept', finished({agent: is('gone', 10 * MINUTE)}), 'done, clean', ['nuke']],
  ['Done for a little less', finished({agent: is('gone', 10 * MINUTE - 1)}), 'unclear', []],
  [
    'Gone, with open work that is safe all the same',
    gone({git: is('safe'), agent: is('gone', HOUR)}),
    'crashed',
    ['restart'],
  ],
  [
    'Called as something that every object has',
    gone({name: 'toString', incarnation: undefined}),
    'crashed',
    ['restart'],
  ],
  [
    'Done, and a terminal shows its shell',
    polecat({
      agent: is('gone', HOUR),
      state: is('shell'),
      work: is('terminal'),
      git: is('safe'),
      life: {...live, attached: 1},
    }),
    'done, clean',
    ['escalate'],
  ],
])('%s', (_, signals, verdict, actions) => {
  const decision = acting().cycle(HOUR, signals)
  expect([verdictIn(decision), doneIn(decision)]).toEqual([verdict, actions])
})

it('Quiet for long, then unknown activity: no nudge', () => {
  const patrol = acting()
  patrol.cycle(4 * MINUTE, idle(4 * MINUTE))
  expect(doneIn(patrol.cycle(HOUR, idle(0, {quiet: unknown})))).toEqual([])
})

describe('crashes and restarts', () => {
  it.each([
    ['At the end of the window', 15 * MINUTE, 'crash-looping'],
    ['After it', 15 * MINUTE + 1, 'crashed'],
  ])('%s: the second crash', (_, apartMs, verdict) => {
    const patrol = acting({crashLoopCrashes: 2})
    patrol.cycle(SECOND, gone())
    expect(verdictIn(patrol.cycle(apartMs, gone()))).toBe(verdict)
  })

  it('A crash loop ends when the agent has been stable, not with the next start', () => {
    const patrol = acting({crashLoopCrashes: 1})
    expect(doneIn(patrol.cycle(SECOND, gone()))).toEqual(['escalate'])
    expect(doneIn(patrol.cycle(MINUTE, polecat()))).toEqual([])
    expect(verdictIn(patrol.cycle(20 * MINUTE, polecat()))).toBe('healthy')
    expect(doneIn(patrol.cycle(20 * MINUTE, polecat()))).toEqual([])
    expect(doneIn(patrol.cycle(MINUTE, polecat()))).toEqual(['resolve'])
  })

  it('Jitter: no wait exceeds the longest back-off', () => {
    const patrol = acting({backoffFirst: MINUTE, backoffLongest: MINUTE})
    patrol.random = () => 0.99
    const {polecats} = patrol.cycle(SECOND, gone())
    expect(polecats[0]?.actions).toMatchObject([{kind: 'restart', backoffMs: MINUTE}])
  })

  it('Only the last twenty are remembered', () => {
    const patrol = acting({crashLoopCrashes: 99, backoffFirst: 1, backoffLongest: 1})
    for (let crash = 0; crash < 25; crash++) patrol.cycle(MINUTE, gone())
    expect(memoryOf(patrol).restarts).toHaveLength(20)
  })
})

describe('a silent agent', () => {
  const silent = (cpu: number, changes: Partial<PolecatSignals> = {}) =>
    polecat({quiet: is(40 * MINUTE), cpu: is(cpu), probe: is('failed'), ...changes})
  const verdicts = (...signals: readonly PolecatSignals[]) => {
    const patrol = acting()
    return signals.map((one) => verdictIn(patrol.cycle(40 * MINUTE, one)))
  }

  it('uses as little CPU as an idle process: hung', () => {
    expect(verdicts(silent(10), silent(20), silent(30)).at(-1)).toBe('hung')
  })

  it.each([
    ['uses a tick more in one cycle', [0, 10, 21, 31]],
    ['uses less than before, since some of its processes ended', [50, 50, 20, 20]],
  ])('%s: not hung', (_, ticks) => {
    expect(verdicts(...ticks.map((cpu) => silent(cpu)))).not.toContain('hung')
  })

  it('hung, with restarts not allowed: a person is notified', () => {
    const patrol = acting()
    const done = [0, 0, 0].flatMap((cpu) => doneIn(patrol.cycle(40 * MINUTE, silent(cpu))))
    expect(done).toEqual(['escalate'])
  })

  it.each<[string, Partial<PolecatSignals>]>([
    ['whether it is done is not known', {doneIntent: unknown}],
    ['whether it is stuck is not known', {stuck: unknown}],
    ['its work is not open', {work: is('none')}],
    ['its work is not known', {work: unknown}],
  ])('hung, and %s: not restarted', (_, changes) => {
    const patrol = acting({restartHung: true})
    const done = [0, 0, 0].flatMap((cpu) => doneIn(patrol.cycle(40 * MINUTE, silent(cpu, changes))))
    expect(done).toEqual(['escalate'])
  })
})

describe('activity', () => {
  it.each([
    ['on its screen', 'window', MINUTE, 1],
    ['on its screen, later', 'window', MINUTE + 3 * SECOND, 0],
    ['a commit', 'reflog', MINUTE, 0],
  ])('%s after a nudge', (_, source, afterMs, nudges) => {
    const patrol = acting()
    expect(doneIn(patrol.cycle(6 * MINUTE, idle(6 * MINUTE)))).toEqual(['nudge'])
    patrol.cycle(afterMs, idle(0, {quiet: is(0, 0, source)}))
    expect(memoryOf(patrol).nudges.count).toBe(nudges)
  })

  it.each<[string, Partial<typeof live>]>([
    ['of another number', {id: '$2'}],
    ['of the same number, from another second', {createdAt: 2000}],
  ])('A session %s begins anew', (_, change) => {
    const patrol = acting()
    patrol.cycle(MINUTE, polecat({life: {...live, ...change}, state: is('starting')}))
    expect(memoryOf(patrol).promptSeen).toBe(false)
  })

  it('An agent at work has no usage limit any more', () => {
    const patrol = acting()
    patrol.cycle(MINUTE, polecat({state: is('limit'), limitEndsInMs: HOUR}))
    patrol.cycle(MINUTE, polecat())
    expect(memoryOf(patrol).limit).toBeNull()
  })

  it('A worker without open work is not nudged after a usage limit', () => {
    const patrol = acting()
    const limited = (limitEndsInMs: number) =>
      polecat({state: is('limit'), limitEndsInMs, promptEmpty: true, work: is('none')})
    expect([limited(MINUTE), limited(0)].flatMap((one) => doneIn(patrol.cycle(MINUTE, one)))).toEqual([])
  })

  it('An episode has one nudge before the one with a deadline', () => {
    const patrol = acting({deadlineAfter: 30 * MINUTE, escalateAfter: HOUR})
    const done = [6, 20, 29, 31].map((minute, index, all) =>
      doneIn(patrol.cycle((minute - (all[index - 1] ?? 0)) * MINUTE, idle(minute * MINUTE))),
    )
    expect(done).toEqual([['nudge'], [], [], ['nudge']])
  })

  it('The number of nudges per episode is limited', () => {
    const patrol = acting({nudgesPerEpisode: 1})
    const minutes = [6, 10]
    expect(
      minutes.flatMap((minute, index) =>
        doneIn(patrol.cycle(minute * MINUTE, idle((index + 1) * 8 * MINUTE))),
      ),
    ).toEqual(['nudge'])
  })
})

describe('mass events and standing', () => {
  const deadOf = (names: readonly string[], dead: number) =>
    names.map((name, index) => (index < dead ? gone({name}) : polecat({name})))
  const brokenOf = (names: readonly string[], broken: number) =>
    names.map((name, index) => polecat({name, sandbox: is(index < broken ? 'broken' : 'present')}))

  it('A rig that is not patrolled has no mass event', () => {
    const names = ['a', 'b', 'c']
    const patrol = acting({}, ...names)
    patrol.standing = is('parked')
    expect(patrol.cycle(MINUTE, ...deadOf(names, 3)).rigActions).toEqual([])
  })

  it.each([
    ['Half of it', ['a', 'b', 'c', 'd'], 2, 'mass event'],
    ['Less than half', ['a', 'b', 'c', 'd', 'e'], 2, 'corrupt sandbox'],
    ['All of a rig of one', ['a'], 1, 'corrupt sandbox'],
  ])('%s turns bad', (_, names, broken, verdict) => {
    const patrol = acting({}, ...names)
    expect(verdictIn(patrol.cycle(MINUTE, ...brokenOf(names, broken)))).toBe(verdict)
  })

  it('Paused during a mass event: it is not over', () => {
    const names = ['a', 'b', 'c']
    const patrol = acting({}, ...names)
    patrol.cycle(MINUTE, ...deadOf(names, 3))
    patrol.standing = is('paused')
    expect(patrol.cycle(MINUTE, ...deadOf(names, 0)).rigActions).toEqual([])
    patrol.standing = is('operational')
    expect(patrol.cycle(MINUTE, ...deadOf(names, 0)).rigActions).toMatchObject([{kind: 'resolve'}])
  })

  it('An ongoing mass event is escalated once', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const patrol = acting({}, ...names)
    expect(patrol.cycle(MINUTE, ...deadOf(names, 3)).rigActions).toHaveLength(1)
    const more = names.map((name, index) => gone({name, agent: is('gone', index < 3 ? MINUTE : 0)}))
    expect(patrol.cycle(MINUTE, ...more).rigActions).toEqual([])
  })

  it('Unknown standing: escalated once it lasts', () => {
    const patrol = acting()
    patrol.standing = unknown
    const told = Array.from({length: 5}, () => patrol.cycle(MINUTE, polecat()).rigActions.length)
    expect(told).toEqual([0, 0, 1, 0, 0])
  })
})

describe('the end of an incident', () => {
  const dirty = finished({git: is('unsafe')})

  it('A pause does not', () => {
    const patrol = acting()
    patrol.cycle(MINUTE, dirty)
    patrol.standing = is('paused')
    expect(doneIn(patrol.cycle(MINUTE, polecat()))).toEqual(['observe'])
    expect(Object.keys(memoryOf(patrol).incidents)).toHaveLength(1)
  })

  it('A cycle in doubt does not', () => {
    const patrol = acting()
    patrol.cycle(MINUTE, dirty)
    patrol.jump(HOUR)
    expect(patrol.cycle(MINUTE, polecat()).polecats[0]?.actions).toMatchObject([
      {kind: 'observe', withheld: []},
    ])
    expect(Object.keys(memoryOf(patrol).incidents)).toHaveLength(1)
  })

  it('A pause does not reset the count of unknown cycles', () => {
    const patrol = acting()
    const blind = gone({work: unknown})
    for (let cycle = 0; cycle < 2; cycle++) patrol.cycle(MINUTE, blind)
    patrol.standing = is('paused')
    patrol.cycle(MINUTE, blind)
    patrol.standing = is('operational')
    expect(doneIn(patrol.cycle(MINUTE, blind))).toEqual(['escalate'])
  })

  const plea = {id: 'm-1', at: 0, text: 'help', waits: false}
  const mail = {...NO_MAIL, workers: {nux: {incarnation: 'i-1', word: null, plea}}}

  it.each<[string, (patrol: Patrol) => void, number]>([
    ['A message is told once', () => {}, 1],
    ['Paused: not told', (patrol) => Object.assign(patrol, {standing: is('paused')}), 0],
    ['In doubt: not told', (patrol) => patrol.jump(HOUR), 0],
  ])('%s', (_, change, told) => {
    const patrol = acting()
    patrol.mail = mail
    change(patrol)
    expect(patrol.cycle(MINUTE, polecat()).rigActions).toHaveLength(told)
    change(patrol)
    expect(patrol.cycle(MINUTE, polecat()).rigActions).toEqual([])
  })
})

describe('revertAction reverts', () => {
  /** The memory when this cycle's only action was refused. */
  function without(
    patrol: Patrol,
    signals: PolecatSignals,
    afterMs: number,
  ): {action: Action; memory: PolecatMemory} {
    const action = patrol.cycle(afterMs, signals).polecats[0]?.actions.at(-1) as Action
    if (!patrol.state) throw new Error('nothing is remembered')
    return {action, memory: revertAction(patrol.state, 'nux', action).polecats.nux as PolecatMemory}
  }

  it('a nudge', () => {
    expect(without(acting(), idle(6 * MINUTE), 6 * MINUTE).memory.nudges).toEqual({
      count: 0,
      lastAt: null,
      withDeadline: false,
    })
  })

  it('a nudge with a deadline', () => {
    const {action, memory} = without(acting(), idle(16 * MINUTE), 16 * MINUTE)
    expect(action).toMatchObject({deadlineMs: expect.any(Number)})
    expect(memory.nudges).toMatchObject({count: 0, withDeadline: false})
  })

  it('a nudge after a usage limit', () => {
    const patrol = acting()
    const limited = (limitEndsInMs: number) => polecat({state: is('limit'), limitEndsInMs, promptEmpty: true})
    patrol.cycle(MINUTE, limited(MINUTE))
    const {action, memory} = without(patrol, limited(0), MINUTE)
    expect([action.kind, memory.limit?.nudged]).toEqual(['nudge', false])
  })

  it('a restart', () => {
    const patrol = acting()
    patrol.cycle(SECOND, gone())
    const {action, memory} = without(patrol, gone(), HOUR)
    expect(action.kind).toBe('restart')
    expect(memory).toMatchObject({restarts: [SECOND], restartAllowedAt: 0})
  })

  it('keys for a dialog', () => {
    const dialog = polecat({state: is('dialog'), agent: is('alive', HOUR), quiet: is(HOUR), answerable: true})
    const patrol = startPatrol()
    patrol.cycle(0, dialog)
    const {action, memory} = without(patrol, dialog, SECOND)
    expect([action.kind, memory.dialogTries]).toEqual(['press-dialog', 0])
  })

  it('the end of an incident', () => {
    const patrol = acting()
    patrol.cycle(MINUTE, finished({git: is('unsafe')}))
    const {action, memory} = without(patrol, polecat(), MINUTE)
    expect([action.kind, Object.keys(memory.incidents)]).toEqual([
      'resolve',
      [expect.stringContaining('dirty')],
    ])
  })
})
