import {expect, test} from 'vitest'
import {forEachRef, outcomeLine, outcomeSummary, outcomesJson} from '../../../src/commands/outcomes.js'
import {startOptions, stopOptions} from '../../../src/commands/role-flags.js'
import {countStates, stateOf, statusTable} from '../../../src/commands/status-entry.js'
import {GtError} from '../../../src/errors.js'
import type {RigRef} from '../../../src/role.js'
import type {RoleStatus} from '../../../src/role-status.js'
import {plainStyle} from '../../../src/style.js'

const refs = (...names: string[]) => names.map((name) => ({rig: {name}}) as RigRef)

test('Of many one that fails stops no other, and only a few are at work at once', async () => {
  let [underWay, most] = [0, 0]
  const work = async ({rig}: RigRef) => {
    most = Math.max(most, ++underWay)
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
    underWay--
    if (rig.name === 'c') throw new GtError('no answer\nmore', {code: 'X', liveness: 'unknown'})
    return {outcome: 'not_running'}
  }
  const seen: string[] = []
  const outcomes = await forEachRef(refs(...'abcdefgh'), work, {
    begun: ({rig}) => seen.push(`+${rig.name}`),
    done: ({ref}) => seen.push(`-${ref.rig.name}`),
  })
  expect([most, seen.length]).toEqual([4, 16])
  expect(outcomes.map(({ref}) => ref.rig.name).join('')).toBe('abcdefgh')
  expect(outcomeSummary(outcomes)).toBe('7 not running, 1 failed')
  expect(outcomes.map((outcome) => outcomeLine(outcome, plainStyle)).slice(1, 3)).toEqual([
    '⚠ b: not running',
    '✗ c: no answer',
  ])
  expect(outcomesJson(outcomes).slice(1, 3)).toEqual([
    {rig_name: 'b', outcome: 'not_running'},
    {rig_name: 'c', error: {code: 'X', message: 'no answer\nmore'}, liveness: 'unknown'},
  ])
})

test('The flags of a stop: --force gives no time, --grace so much, and neither the own of the role', () => {
  expect([
    stopOptions({force: true}),
    stopOptions({grace: 0}),
    stopOptions({grace: 7}),
    stopOptions({}),
  ]).toEqual([{graceMs: 0}, {graceMs: 0}, {graceMs: 7}, {}])
})

test('The flags of a start: what is not given is left out, and what is given stays, be it false or 0', () => {
  expect(startOptions({}, {A: 'b'})).toEqual({env: {A: 'b'}, timeoutMs: 60_000})
  const flags = {agent: 'codex', backend: 'pty', timeout: 0, 'accept-dialogs': false}
  expect(startOptions(flags, {})).toEqual({
    agent: 'codex',
    backend: 'pty',
    acceptDialogs: false,
    env: {},
    timeoutMs: 0,
  })
})

test('What cannot be told is unknown, an agent that outlived its session has not stopped', () => {
  const [ref] = refs('a')
  const entry = (liveness: RoleStatus['liveness']) => ({ref: ref as RigRef, status: {liveness} as RoleStatus})
  const entries = [
    {ref: ref as RigRef, error: new Error('no answer')},
    ...(['alive', 'absent', 'dead', 'outlived'] as const).map(entry),
  ]
  expect(entries.map(stateOf)).toEqual(['unknown', 'running', 'stopped', 'dead', 'outlived'])
  expect(countStates(entries)).toEqual({running: 1, stopped: 1, dead: 1, outlived: 1, unknown: 1})
  expect(statusTable(entries.slice(0, 1), plainStyle)).toContain('a    unknown: no answer')
})
