import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {type Action, DESTRUCTIVE} from '../../../src/patrol/actions.js'
import {decide} from '../../../src/patrol/decide/decide.js'
import type {Thresholds} from '../../../src/patrol/settings/threshold-table.js'
import {DEFAULT_THRESHOLDS} from '../../../src/patrol/settings/thresholds.js'
import type {PolecatSignals, SignalName} from '../../../src/patrol/signals.js'
import {type Cycle, history, NAMES, polecatOf, run, thresholds} from './support/histories.js'
import {unknown} from './support/patrol.js'

interface Decided {
  action: Action
  signals: PolecatSignals
  cycle: Cycle
}

/** Every action of these kinds, with its signals. */
function decided(cycles: readonly Cycle[], ...kinds: readonly Action['kind'][]): Decided[] {
  const all = cycles.flatMap((cycle) =>
    cycle.decision.polecats.flatMap(({actions}, index) => {
      const signals = cycle.signals.polecats[index] as PolecatSignals
      return actions.map((action) => ({action, signals, cycle}))
    }),
  )
  return all.filter(({action}) => kinds.length === 0 || kinds.includes(action.kind))
}

const holds = (check: (cycles: Cycle[], settings: Thresholds) => void, names = NAMES) =>
  fc.assert(
    fc.property(history(names), thresholds, (steps, settings) => check(run(steps, settings), settings)),
    {numRuns: 1500},
  )

const destructive = (cycles: readonly Cycle[]) => decided(cycles, ...DESTRUCTIVE)

describe('whatever the signals are', () => {
  it('Nuke: only gone, finished, safe, without a merge request, unwatched', () => {
    let seen = 0
    holds((cycles) => {
      for (const {signals, cycle} of decided(cycles, 'nuke')) {
        seen++
        expect(signals.git.value).toBe('safe')
        expect(signals.agent.value).toBe('gone')
        expect(signals.sandbox.value).toBe('present')
        expect(['none', 'merged']).toContain(signals.mergeRequest.value)
        expect(['none', 'terminal']).toContain(signals.work.value)
        expect(signals.session.value).not.toBe('unknown')
        expect(signals.doneIntent.value).not.toBe('unknown')
        expect(signals.life?.attached ?? 0).toBe(0)
        expect(cycle.signals.standing.value).toBe('operational')
      }
    })
    expect(seen).toBeGreaterThan(0)
  })

  it('Restart: only open work whose agent is gone, or hung if that is allowed', () => {
    let seen = 0
    holds((cycles, {restartHung}) => {
      for (const {signals} of decided(cycles, 'restart')) {
        seen++
        expect(signals.work.value).toBe('open')
        if (signals.agent.value === 'alive') expect(restartHung).toBe(true)
        else expect(['none', 'merged']).toContain(signals.mergeRequest.value)
        expect(signals.agent.value).not.toBe('unknown')
        expect(signals.sandbox.value).toBe('present')
      }
    })
    expect(seen).toBeGreaterThan(0)
  })

  it('EndSession: only for finished work or an orphan', () => {
    let seen = 0
    holds((cycles) => {
      for (const {signals} of decided(cycles, 'end-session')) {
        seen++
        const orphan = signals.sandbox.value === 'absent' && signals.life?.ours
        expect(orphan || signals.work.value === 'terminal' || signals.work.value === 'none').toBe(true)
      }
    })
    expect(seen).toBeGreaterThan(0)
  })

  it('Unknown: removes destructive actions, and adds none', () => {
    const names = Object.keys(fc.sample(polecatOf('a'), 1)[0] ?? {}).filter(isSignal)
    fc.assert(
      fc.property(history(['a']), thresholds, fc.constantFrom(...names), (steps, settings, name) => {
        const before = run(steps, settings).at(-1)
        if (!before) return
        const polecats = before.signals.polecats.map((polecat) => ({...polecat, [name]: unknown}))
        const signals = {...before.signals, polecats}
        const decision = decide({signals, state: before.state, thresholds: settings, random: () => 0.5})
        const kinds = (cycle: Cycle) => destructive([cycle]).map(({action}) => action.kind)
        expect(kinds(before)).toEqual(expect.arrayContaining(kinds({...before, signals, decision})))
      }),
      {numRuns: 5000},
    )
  })

  it('Keys: none for a permission or a question, and a nudge only at an empty prompt or after a limit', () => {
    let seen = 0
    holds((cycles) => {
      for (const {action, signals} of decided(cycles, 'nudge', 'press-dialog')) {
        seen++
        expect(action.kind === 'nudge' ? ['idle', 'limit'] : ['dialog']).toContain(signals.state.value)
      }
    })
    expect(seen).toBeGreaterThan(0)
  })

  it('Doubt: after a jump of the clock, or without memory, a cycle only observes', () => {
    holds((cycles) => {
      for (const {action, cycle} of decided(cycles)) {
        if (cycle.decision.doubt !== undefined || cycle.state === undefined)
          expect(action.kind).toBe('observe')
      }
    })
  })

  it('Restarts: at most two per cycle', () => {
    holds((cycles) => {
      for (const cycle of cycles) {
        const restarts = destructive([cycle]).filter(({action}) => action.kind === 'restart')
        expect(restarts.length).toBeLessThanOrEqual(DEFAULT_THRESHOLDS.restartsPerCycle)
      }
    })
  })

  it('Watched: nothing is ended under the eyes of a person', () => {
    holds((cycles) => {
      for (const {signals} of destructive(cycles)) expect(signals.life?.attached ?? 0).toBe(0)
    })
  })

  it('Incidents: told once until they are resolved, and resolved only when they were told', () => {
    holds((cycles) => {
      const open = new Set<string>()
      for (const {decision} of cycles)
        follow(open, [...decision.polecats.flatMap((polecat) => polecat.actions), ...decision.rigActions])
    })
  })

  it('SameInput: the same answer', () => {
    fc.assert(
      fc.property(history(NAMES), thresholds, (steps, settings) => {
        expect(run(steps, settings)).toEqual(run(steps, settings))
      }),
      {numRuns: 200},
    )
  })
})

function isSignal(name: string): name is SignalName {
  return ![
    'name',
    'incarnation',
    'branch',
    'head',
    'life',
    'answerable',
    'limitEndsInMs',
    'promptEmpty',
  ].includes(name)
}

/** What one cycle told, on top of what is open. An incident may take another's place in one cycle. */
function follow(open: Set<string>, actions: readonly Action[]): void {
  for (const action of actions) if (action.kind === 'resolve') expect(open.delete(action.key)).toBe(true)
  for (const action of actions) {
    if (action.kind !== 'escalate') continue
    expect(open).not.toContain(action.key)
    open.add(action.key)
  }
}
