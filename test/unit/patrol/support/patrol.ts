import {type Decision, decide} from '../../../../src/patrol/decide/decide.js'
import {type MailMemory, NO_MAIL} from '../../../../src/patrol/mail/mail-memory.js'
import type {PatrolState} from '../../../../src/patrol/memory/memory.js'
import type {Thresholds} from '../../../../src/patrol/settings/threshold-table.js'
import {DEFAULT_THRESHOLDS} from '../../../../src/patrol/settings/thresholds.js'
import type {PolecatSignals, RigSignals, Signal, Standing} from '../../../../src/patrol/signals.js'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

/** What could not be told. */
export const unknown: Signal<never> = {value: 'unknown', source: 'test', ageMs: 0}

export function is<Value>(value: Value, ageMs = 0, source = 'test'): Signal<Value> {
  return {value, source, ageMs}
}

const LIFE = {
  id: '$1',
  incarnation: 's-1',
  createdAt: 1_000,
  ageMs: HOUR,
  ours: true,
  attached: 0,
} as const

/** A polecat at work: alive, busy, active a moment ago, and all known. */
export function polecat(changes: Partial<PolecatSignals> = {}): PolecatSignals {
  return {
    name: 'nux',
    incarnation: 'i-1',
    branch: 'polecat/nux-m1',
    head: 'a'.repeat(40),
    life: LIFE,
    sandbox: is('present'),
    spawned: is(HOUR),
    session: is('live'),
    agent: is('alive'),
    quiet: is(0, 0, 'window'),
    cpu: is(0),
    state: is('busy'),
    work: is('open'),
    mergeRequest: is('none'),
    doneIntent: is('none'),
    git: unknown,
    stuck: is(false),
    probe: unknown,
    ...changes,
  }
}

/** Its session has gone, and its agent with it. */
export function gone(changes: Partial<PolecatSignals> = {}): PolecatSignals {
  return polecat({
    life: undefined,
    session: is('absent'),
    agent: is('gone'),
    quiet: unknown,
    cpu: unknown,
    state: is('dead'),
    ...changes,
  })
}

/** An agent at its empty prompt, where nothing has happened for so long. */
export function idle(quietMs: number, changes: Partial<PolecatSignals> = {}): PolecatSignals {
  return polecat({state: is('idle'), quiet: is(quietMs, 0, 'window'), ...changes})
}

/** Its work is done; what became of it, the changes say. */
export function finished(changes: Partial<PolecatSignals> = {}): PolecatSignals {
  return gone({work: is('terminal'), git: is('safe'), ...changes})
}

/** A patrol that remembers, on a clock that the test moves. */
export interface Patrol {
  state: PatrolState | undefined
  /** One cycle, so long after the one before. */
  cycle(afterMs: number, ...polecats: readonly PolecatSignals[]): Decision
  standing: Signal<Standing>
  mail: MailMemory
  removed: RigSignals['removed']
  /** Spreads restarts. */
  random: () => number
  /** By how much the clock on the wall goes ahead of the time that passes. */
  jump(ms: number): void
  reboot(): void
}

export function startPatrol(changes: Partial<Thresholds> = {}): Patrol {
  const thresholds = {...DEFAULT_THRESHOLDS, ...changes}
  const clock = {wallMs: 1_700_000_000_000, monotonicMs: 5_000_000, bootId: 'boot-1'}
  const patrol: Patrol = {
    state: undefined,
    standing: is('operational'),
    mail: NO_MAIL,
    removed: is([]),
    random: () => 0,
    cycle(afterMs, ...polecats) {
      clock.wallMs += afterMs
      clock.monotonicMs += afterMs
      const {standing, mail, removed, random} = patrol
      const signals: RigSignals = {rig: 'alpha', clock: {...clock}, standing, polecats, mail, removed}
      const decision = decide({signals, state: patrol.state, thresholds, random})
      // As it is after it was written and read again.
      patrol.state = JSON.parse(JSON.stringify(decision.next))
      return decision
    },
    jump(ms) {
      clock.wallMs += ms
    },
    reboot() {
      clock.bootId = 'boot-2'
      clock.monotonicMs = 0
    },
  }
  return patrol
}

/** A patrol that has seen this polecat at work once, so that its cycles act. */
export function acting(changes: Partial<Thresholds> = {}, ...names: readonly string[]): Patrol {
  const patrol = startPatrol(changes)
  patrol.cycle(0, ...(names.length > 0 ? names.map((name) => polecat({name})) : [polecat()]))
  return patrol
}

/** What is to be done for the first polecat, without what is nothing. */
export function doneIn({polecats}: Decision): string[] {
  return (polecats[0]?.actions ?? []).map(({kind}) => kind).filter((kind) => kind !== 'none')
}

export const verdictIn = ({polecats}: Decision) => polecats[0]?.verdict
