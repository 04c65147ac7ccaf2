import {expect, it} from 'vitest'
import {withRefusal} from '../../../src/patrol/act/refusals.js'
import type {Action} from '../../../src/patrol/actions.js'
import {failed, type Outcome, refused} from '../../../src/patrol/report/outcome.js'
import {acting, doneIn, finished, gone, is, MINUTE, type Patrol, polecat} from './support/patrol.js'

const done: Outcome = {is: 'done'}
const LONG_DONE = finished({agent: is('gone', 20 * MINUTE)})

/** One cycle in which every action comes to this. Returns what was decided. */
function cycle(patrol: Patrol, signals: ReturnType<typeof polecat>, outcome: Outcome): string[] {
  const decision = patrol.cycle(MINUTE, signals)
  const carried = (decision.polecats[0]?.actions ?? []).map((action: Action) => ({action, outcome}))
  const {nux} = patrol.state?.polecats ?? {}
  if (nux && patrol.state) patrol.state = {...patrol.state, polecats: {nux: withRefusal(nux, carried)}}
  return doneIn(decision)
}

const incidents = ({state}: Patrol) =>
  Object.values(state?.polecats.nux?.incidents ?? {}).map(({cause}) => cause)

it('A removal that is refused six cycles long is told, once, and tried again', () => {
  const patrol = acting()
  const cycles = Array.from({length: 10}, () => cycle(patrol, LONG_DONE, refused('7 (vim) runs in it')))
  const first = cycles.findIndex((actions) => actions.includes('nuke'))
  expect(cycles.slice(first).map((actions) => actions.includes('escalate'))).toEqual(
    cycles.slice(first).map((_, index) => index === 6),
  )
  expect(cycles.at(-1)).toEqual(['nuke'])
  expect(incidents(patrol)).toEqual(['done, clean, but cannot be put away'])
})

it('The reason is told with it, and a failure counts as a refusal does', () => {
  const patrol = acting({refusedCycles: 2})
  for (let count = 0; count < 3; count++) cycle(patrol, LONG_DONE, failed('the disk is full'))
  const [last] = patrol.cycle(MINUTE, LONG_DONE).polecats
  expect(patrol.state?.polecats.nux?.refused).toMatchObject({kind: 'nuke', reason: 'the disk is full'})
  expect(last?.actions.map(({kind}) => kind)).toContain('nuke')
})

it('Done in between: counted anew', () => {
  const patrol = acting({refusedCycles: 2})
  for (const outcome of [refused('x'), done, refused('x'), done, refused('x'), done]) {
    expect(cycle(patrol, LONG_DONE, outcome)).not.toContain('escalate')
  }
})

it('Another verdict: counted anew, and the incident is over', () => {
  const patrol = acting({refusedCycles: 2})
  for (let count = 0; count < 4; count++) cycle(patrol, LONG_DONE, refused('x'))
  expect(incidents(patrol)).toHaveLength(1)
  expect(cycle(patrol, polecat(), done)).toEqual(['resolve'])
  expect(patrol.state?.polecats.nux?.refused).toBeNull()
})

it('Cycles without an action of their own neither count nor forget', () => {
  const patrol = acting()
  cycle(patrol, gone(), refused('x'))
  const {nux} = patrol.state?.polecats ?? {}
  expect(nux?.refused).toMatchObject({kind: 'restart', cycles: 1})
  if (nux) expect(withRefusal(nux, [{action: {kind: 'none'}, outcome: done}])).toBe(nux)
  if (nux) {
    const escalate = {kind: 'escalate', cause: 'x', key: 'x', detail: 'x'} as const
    expect(withRefusal(nux, [{action: escalate, outcome: refused('nobody')}])).toBe(nux)
  }
})

it('Another action that is refused is counted for itself', () => {
  const patrol = acting()
  cycle(patrol, gone(), refused('x'))
  const {nux} = patrol.state?.polecats ?? {}
  if (!nux) throw new Error('no memory')
  const nuke = {kind: 'nuke', expect: {incarnation: undefined, session: undefined, head: undefined}} as const
  expect(withRefusal(nux, [{action: nuke, outcome: refused('y')}]).refused).toEqual({
    kind: 'nuke',
    cycles: 1,
    reason: 'y',
  })
})
