import {expect, test} from 'vitest'
import type {Action} from '../../../src/patrol/actions.js'
import type {Carried, CycleReport} from '../../../src/patrol/report/report.js'
import {cycleJson, cycleText, whyText} from '../../../src/render/patrol.js'

const expected = {incarnation: 'one', session: undefined, head: undefined}
const restart: Action = {kind: 'restart', expect: expected, backoffMs: 0}

function report(carried: Carried, more: Partial<CycleReport> = {}): CycleReport {
  const evidence = [{signal: 'standing' as const, source: 'test', value: 1, ageMs: 0}]
  const polecat = {name: 'nux', incarnation: 'one', row: 'R1', verdict: 'crashed' as const, evidence}
  return {
    version: 1,
    rig: 'alpha',
    cycle: 3,
    at: '2026-01-01T00:00:00.000Z',
    tookMs: 5,
    dryRun: false,
    polecats: [{...polecat, actions: [carried]}],
    rigActions: [],
    ...more,
  }
}

test.each<[string, Carried, Partial<CycleReport>, string]>([
  ['done', {action: restart, outcome: {is: 'done'}}, {}, 'nux (crashed): restart'],
  [
    'refused',
    {action: restart, outcome: {is: 'refused', detail: 'a person looks on'}},
    {},
    'nux (crashed): restart refused: a person looks on',
  ],
  [
    'failed',
    {action: restart, outcome: {is: 'failed', detail: 'no disk\nat x'}},
    {},
    'nux (crashed): restart failed: no disk',
  ],
  ['only thought of', {action: restart}, {dryRun: true}, 'nux (crashed): would restart'],
  [
    'withheld',
    {action: {kind: 'observe', reason: 'x', withheld: ['nuke', 'restart']}},
    {dryRun: true},
    'nux (crashed): withheld: nuke, restart',
  ],
])('an action that was %s', (_, carried, more, line) => {
  expect(cycleText(report(carried, more)).split('\n')).toEqual(['patrol cycle 3: 1 crashed', `  ${line}`])
})

test('nothing to do is not shown; why a cycle only observed is, in every form', () => {
  const looked = report({action: {kind: 'none'}}, {doubt: 'the clock was set'})
  expect(cycleText(looked)).toBe('patrol cycle 3: 1 crashed (observing only: the clock was set)')
  expect(cycleJson(looked)).toMatchObject({doubt: 'the clock was set', dry_run: false})
  const plain = {bold: (text: string) => text, dim: (text: string) => text}
  expect(whyText(looked, plain)).toContain('(observed only: the clock was set)')
})

test('a cycle of a rig without workers', () => {
  expect(cycleText(report({action: restart}, {polecats: []}))).toBe('patrol cycle 3: no workers')
})
