import {expect, test} from 'vitest'
import type {Decision} from '../../src/watch/decide.js'
import {afterwards, failuresAfter, newNotices} from '../../src/watch/incidents.js'

const decision: Decision = {rig: 'alpha', finding: 'well', action: {kind: 'none'}, crashLooping: false}
const looping: Decision = {
  ...decision,
  finding: 'gone',
  detail: 'it has no session',
  action: {kind: 'escalate', cause: 'crash-looping'},
  crashLooping: true,
}
const id = 'deacon:alpha/witness:crash-looping'
const open = {[id]: {rig: 'alpha', cause: 'crash-looping'}}

test('an incident is told once', () => {
  const told = newNotices([looping], {open: {}, failures: {alpha: 'its agent exited'}})
  expect(told).toEqual([
    {
      status: 'open',
      id,
      rig: 'alpha',
      cause: 'crash-looping',
      detail: 'it has no session; its last restart failed: its agent exited',
    },
  ])
  expect(afterwards({}, told)).toEqual(open)
  expect(newNotices([looping], {open, failures: {}})).toEqual([])
})

test('its end is told once, when its crashes are forgotten; a look that tells nothing ends none', () => {
  expect(newNotices([{...decision, crashLooping: true}], {open, failures: {}})).toEqual([])
  for (const finding of ['unknown', 'skipped'] as const)
    expect(newNotices([{...decision, finding}], {open, failures: {}})).toEqual([])
  const over = newNotices([decision], {open, failures: {}})
  expect(over).toEqual([{status: 'resolved', id, rig: 'alpha', cause: 'crash-looping'}])
  expect(afterwards(open, over)).toEqual({})
})

test('why the last restart failed is remembered until one goes well', () => {
  const report = {rig: 'alpha', finding: 'gone', action: {kind: 'restart'}} as const
  const failed = failuresAfter({}, [{...report, outcome: {is: 'failed', detail: 'no disk'}}])
  expect(failed).toEqual({alpha: 'no disk'})
  expect(failuresAfter(failed, [{...report, action: {kind: 'none'}}])).toEqual(failed)
  expect(failuresAfter(failed, [{...report, outcome: {is: 'done'}}])).toEqual({})
})

test('what lasts is not told as over, and what is over in one rig lasts in another', () => {
  const held: Decision = {
    ...decision,
    finding: 'gone',
    action: {kind: 'escalate', cause: 'held by a terminal'},
  }
  const heldOpen = {'deacon:alpha/witness:held-by-a-terminal': {rig: 'alpha', cause: 'held by a terminal'}}
  expect(newNotices([held], {open: heldOpen, failures: {}})).toEqual([])
  expect(newNotices([{...decision, rig: 'beta'}], {open: heldOpen, failures: {}})).toEqual([])
  expect(newNotices([decision], {open: heldOpen, failures: {}})).toMatchObject([{status: 'resolved'}])
})
