import {AGENT_STATES} from '@gtown/sdk'
import fc from 'fast-check'
import {type Decision, decide} from '../../../../src/patrol/decide/decide.js'
import {NO_MAIL} from '../../../../src/patrol/mail/mail-memory.js'
import type {PatrolState} from '../../../../src/patrol/memory/memory.js'
import type {Thresholds} from '../../../../src/patrol/settings/threshold-table.js'
import {DEFAULT_THRESHOLDS} from '../../../../src/patrol/settings/thresholds.js'
import type {PolecatSignals, RigSignals, Signal} from '../../../../src/patrol/signals.js'
import {HOUR, is, MINUTE} from './patrol.js'

export const NAMES = ['a', 'b', 'c', 'd', 'e']

/** Ages on both sides of every threshold. */
const age = fc.constantFrom(0, 30_000, MINUTE, 3 * MINUTE, 7 * MINUTE, 12 * MINUTE, 20 * MINUTE, HOUR)

/** Unknown is as likely as each of the values. */
function signal<Value>(...values: readonly Value[]): fc.Arbitrary<Signal<Value>> {
  const value = fc.constantFrom<Value | 'unknown'>(...values, 'unknown')
  return fc.record({value, source: fc.constantFrom('window', 'file'), ageMs: age})
}

const number = (values: fc.Arbitrary<number>) =>
  fc.record({
    value: fc.oneof(values, fc.constant('unknown' as const)),
    source: fc.constant('file'),
    ageMs: age,
  })

const life = fc.option(
  fc.record({
    id: fc.constantFrom('$1', '$2'),
    incarnation: fc.constant('s'),
    createdAt: fc.constant(1),
    ageMs: age,
    ours: fc.boolean(),
    attached: fc.constantFrom<number | 'unknown'>(0, 0, 0, 1, 'unknown'),
  }),
  {nil: undefined},
)

const anyPolecat = (name: string): fc.Arbitrary<PolecatSignals> =>
  fc.record({
    name: fc.constant(name),
    incarnation: fc.constantFrom('i-1', 'i-1', 'i-1', 'i-2', undefined),
    branch: fc.constant('polecat/x'),
    head: fc.constantFrom('a', 'b'),
    life,
    sandbox: signal('present', 'present', 'present', 'absent', 'broken'),
    spawned: number(age),
    session: signal('absent', 'live', 'pane dead'),
    agent: signal('alive', 'gone'),
    quiet: number(age),
    cpu: number(fc.constantFrom(0, 5, 1000)),
    state: signal(...AGENT_STATES.filter((state) => state !== 'unknown')),
    answerable: fc.boolean(),
    limitEndsInMs: fc.constantFrom(0, MINUTE),
    promptEmpty: fc.boolean(),
    work: signal('open', 'terminal', 'none'),
    mergeRequest: signal('none', 'open', 'merged'),
    doneIntent: fc.oneof(number(age), fc.constant(is<number | 'none'>('none'))),
    git: signal('safe', 'unsafe'),
    stuck: signal(true, false, false),
    probe: signal('answered', 'failed', 'failed'),
  }) as fc.Arbitrary<PolecatSignals>

/** Half of them are as patrols meet them: mostly known, and so that something may have to be done. */
export function polecatOf(name: string): fc.Arbitrary<PolecatSignals> {
  const left = {
    life: undefined,
    session: is('absent'),
    agent: is('gone', HOUR),
    sandbox: is('present'),
  } as const
  const settled = {doneIntent: is('none'), mergeRequest: is('none')} as const
  const waiting = {
    session: is('live'),
    agent: is('alive', HOUR),
    sandbox: is('present'),
    state: is('idle'),
  } as const
  const silent = {
    state: is('busy'),
    quiet: is(HOUR),
    cpu: is(0),
    probe: is('failed'),
    stuck: is(false),
  } as const
  const polecat = anyPolecat(name)
  return fc.oneof(
    {weight: 3, arbitrary: polecat},
    polecat.map((some) => ({...some, ...left, ...settled, work: is('open' as const)})),
    polecat.map((some) => ({
      ...some,
      ...left,
      ...settled,
      work: is('terminal' as const),
      git: is('safe' as const),
    })),
    polecat.map((some) => ({...some, ...waiting})),
    polecat.map((some) => ({...some, ...waiting, ...silent})),
  ) as fc.Arbitrary<PolecatSignals>
}

const standing = signal('operational', 'operational', 'operational', 'operational', 'parked', 'paused')

interface Step {
  afterMs: number
  jumpMs: number
  standing: RigSignals['standing']
  polecats: PolecatSignals[]
}

const stepOf = (names: readonly string[]): fc.Arbitrary<Step> =>
  fc.record({
    afterMs: fc.constantFrom(1000, MINUTE, 10 * MINUTE, HOUR),
    jumpMs: fc.constantFrom(0, 0, 0, 0, 0, 2 * HOUR),
    standing,
    polecats: fc.tuple(...names.map(polecatOf)),
  }) as fc.Arbitrary<Step>

export const history = (names: readonly string[]) => fc.array(stepOf(names), {minLength: 1, maxLength: 8})

export const thresholds = fc
  .record({
    restartHung: fc.boolean(),
    keepDone: fc.boolean(),
    massEventDeaths: fc.constantFrom(3, 99),
    massEventHalfOf: fc.constantFrom(2, 99),
  })
  .map((changes): Thresholds => ({...DEFAULT_THRESHOLDS, ...changes}))

export interface Cycle {
  signals: RigSignals
  state: PatrolState | undefined
  decision: Decision
}

/** The cycles of a patrol that remembers. What goes in is frozen: nothing of it may be changed. */
export function run(steps: readonly Step[], settings: Thresholds): Cycle[] {
  const clock = {wallMs: 0, monotonicMs: 0, bootId: 'b'}
  let state: PatrolState | undefined
  return steps.map(({afterMs, jumpMs, standing, polecats}) => {
    clock.wallMs += afterMs + jumpMs
    clock.monotonicMs += afterMs
    const signals = deepFreeze({
      rig: 'alpha',
      clock: {...clock},
      standing,
      polecats,
      mail: NO_MAIL,
      removed: is([]),
    })
    const decision = decide({signals, state, thresholds: settings, random: () => 0.5})
    const cycle = {signals, state, decision}
    state = deepFreeze(decision.next)
    return cycle
  })
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}
