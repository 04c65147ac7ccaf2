import type {WorkQuery} from '@gtown/sdk'
import {expect, test} from 'vitest'
import type {Bead} from '../../../src/beads/bead.js'
import {beadsSource} from '../../../src/beads/work-source.js'

const bead = (more: Partial<Bead>): Bead => ({
  id: 'al-1',
  status: 'open',
  type: 'task',
  assignee: 'alpha/polecats/nux',
  labels: [],
  description: '',
  updatedAt: '2026-01-01',
  ...more,
})
const request = (more: Partial<Bead> = {}, reason = '') =>
  bead({
    id: 'mr-1',
    assignee: '',
    labels: ['gt:merge-request'],
    description: `of branch: other\nbranch: polecat/nux\n${reason && `close_reason: ${reason}\n`}`,
    ...more,
  })

const query = {rig: {name: 'alpha'}, worker: 'nux', branch: 'polecat/nux'} as unknown as WorkQuery
const answer = (beads: readonly Bead[], more: Partial<WorkQuery> = {}) =>
  beadsSource({is: 'read', beads})?.read({...query, ...more})

test('a rig without beads: no source; beads that cannot be read: unknown', async () => {
  expect(beadsSource({is: 'unused'})).toBeUndefined()
  const source = beadsSource({is: 'unknown', detail: 'no database'})
  await expect(source?.read(query)).rejects.toMatchObject({code: 'BEADS_UNREADABLE'})
})

test.each<[string, Partial<Bead>[], object]>([
  ['open', [{}], {work: 'open', detail: 'al-1 is open'}],
  ['hooked, beside one that is closed', [{id: 'al-0', status: 'closed'}, {status: 'hooked'}], {work: 'open'}],
  ['closed', [{status: 'closed'}], {work: 'terminal'}],
  [
    'closed, the newest of them told',
    [
      {id: 'al-2', status: 'closed', updatedAt: '2026-01-03'},
      {id: 'al-3', status: 'tombstone', updatedAt: '2026-01-02'},
    ],
    {work: 'terminal', detail: 'al-2 is closed'},
  ],
  ['a note that is pinned', [{status: 'pinned'}], {work: 'terminal'}],
  ['another worker’s', [{assignee: 'alpha/polecats/toast'}], {work: 'none'}],
  ['the same name’s of another rig', [{assignee: 'beta/polecats/nux'}], {work: 'none'}],
  ['its agent’s own bead', [{labels: ['gt:agent']}], {work: 'none'}],
  ['a message to it', [{type: 'message'}], {work: 'none'}],
])('its bead is %s', async (_, beads, expected) => {
  expect(await answer(beads.map(bead))).toMatchObject({mergeRequest: 'none', ...expected})
})

test.each<[string, Bead[], string]>([
  ['none', [], 'none'],
  ['open', [request()], 'open'],
  ['open, beside one that is closed', [request({status: 'closed'}, 'merged'), request()], 'open'],
  ['merged', [request({status: 'closed'}, 'merged')], 'merged'],
  ['rejected', [request({status: 'closed'}, 'rejected')], 'none'],
  [
    'merged, after it was rejected',
    [request({status: 'closed'}, 'rejected'), request({status: 'closed'}, 'merged')],
    'merged',
  ],
  ['of another branch', [request({description: 'branch: polecat/nux-2'})], 'none'],
  [
    'of a branch that only begins with this one’s words',
    [request({description: 'other branch: polecat/nux'})],
    'none',
  ],
  ['of something that is no request', [request({labels: []})], 'none'],
])('its merge request: %s', async (_, beads, mergeRequest) => {
  expect(await answer([bead({}), ...beads])).toMatchObject({mergeRequest})
})

test('a worker without a branch has no merge request', async () => {
  expect(await answer([request()], {branch: undefined})).toMatchObject({mergeRequest: 'none'})
})

test('for a task that gt gave without a bead, gt’s own record counts', async () => {
  const task = 'a task' as never
  expect(await answer([], {task})).toBeUndefined()
  expect(await answer([], {})).toMatchObject({work: 'none', mergeRequest: 'none'})
  expect(await answer([bead({})], {task})).toMatchObject({work: 'open'})
  expect(await answer([request()], {task})).toMatchObject({mergeRequest: 'open'})
})
