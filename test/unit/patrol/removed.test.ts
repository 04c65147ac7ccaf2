// What a person hears of sandboxes that were put away.
import {expect, it} from 'vitest'
import type {RemovedFact} from '../../../src/patrol/signals.js'
import {acting, HOUR, is, MINUTE, type Patrol, polecat, startPatrol, unknown} from './support/patrol.js'

const DAY = 24 * HOUR

const fact = (more: Partial<RemovedFact> = {}): RemovedFact => ({
  id: 'nux-1a2b',
  worker: 'nux',
  ageMs: 15 * DAY,
  reasons: ['not committed: draft'],
  ...more,
})

const told = (patrol: Patrol) => patrol.cycle(MINUTE, polecat()).rigActions

it('Unclean for longer than 14 days: told once, with both ways on', () => {
  const patrol = acting()
  patrol.removed = is([fact()])
  const [action, ...others] = told(patrol)
  expect(others).toEqual([])
  expect(action).toMatchObject({
    kind: 'escalate',
    cause: 'keeping work of a removed polecat that may exist nowhere else',
    detail:
      'nux, for more than 14 days: not committed: draft. ' +
      'Bring it back: gt polecat restore alpha/nux --id nux-1a2b. ' +
      'Or delete it: gt polecat purge alpha/nux --id nux-1a2b --unclean',
  })
  expect([told(patrol), told(patrol)]).toEqual([[], []])
})

it.each([
  ['younger', {ageMs: 14 * DAY}],
  ['clean', {reasons: []}],
])('One that is %s: not told', (_, more) => {
  const patrol = acting()
  patrol.removed = is([fact(more)])
  expect(told(patrol)).toEqual([])
})

it('Restored or deleted: over. Not to be told: not over', () => {
  const patrol = acting()
  patrol.removed = is([fact()])
  told(patrol)
  patrol.removed = unknown
  expect(told(patrol)).toEqual([])
  patrol.removed = is([])
  expect(told(patrol)).toMatchObject([{kind: 'resolve'}])
})

it('Paused, and in a cycle in doubt: not told', () => {
  const [paused, fresh] = [acting(), startPatrol()]
  paused.removed = is([fact()])
  paused.standing = is('paused')
  fresh.removed = is([fact()])
  expect([told(paused), told(fresh)]).toEqual([[], []])
  paused.standing = is('operational')
  expect([told(paused), told(fresh)]).toMatchObject([[{kind: 'escalate'}], [{kind: 'escalate'}]])
})

it('A sandbox that cannot be deleted for six cycles: told with the reason, until it can', () => {
  const patrol = acting()
  const fails = (cycles: number | undefined) => {
    if (!patrol.state) throw new Error('no memory')
    patrol.state.purges = cycles === undefined ? {} : {'nux-1a2b': {cycles, reason: 'it is busy'}}
    return told(patrol)
  }
  expect(fails(5)).toEqual([])
  expect(fails(6)).toMatchObject([
    {kind: 'escalate', cause: 'unable to delete a removed sandbox', detail: 'nux-1a2b: it is busy'},
  ])
  expect(fails(7)).toEqual([])
  expect(fails(undefined)).toMatchObject([{kind: 'resolve'}])
})
