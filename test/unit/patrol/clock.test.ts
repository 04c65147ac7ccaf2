import {describe, expect, it} from 'vitest'
import {credibleAge, cycleTimeOf} from '../../../src/patrol/memory/clock.js'
import type {PatrolState} from '../../../src/patrol/memory/memory.js'

const before = {
  clock: {wallMs: 1_000_000, monotonicMs: 500_000, bootId: 'a'},
  now: 70_000,
  trustedSince: null,
} as PatrolState

const tell = (wallMs: number, monotonicMs: number, bootId = 'a') =>
  cycleTimeOf(before, {wallMs, monotonicMs, bootId}, {clockTolerance: 30_000})

describe('cycleTimeOf', () => {
  it('FirstCycle: starts at 0', () => {
    expect(cycleTimeOf(undefined, before.clock, {clockTolerance: 1})).toEqual({now: 0, trustedSince: null})
  })

  it('ClocksAgree: the elapsed time is added', () => {
    expect(tell(1_060_000, 560_000)).toEqual({now: 130_000, trustedSince: null})
    expect(tell(1_080_000, 560_000)).toEqual({now: 130_000, trustedSince: null})
    expect(tell(1_090_000, 560_000)).toEqual({now: 130_000, trustedSince: null})
    expect(tell(1_090_001, 560_000)).toHaveProperty('doubt')
  })

  it.each([
    ['WallSetAhead', 8_260_000, 'the clock jumped by 7200 s'],
    ['WallSetBack', -6_140_000, 'the clock jumped by -7200 s'],
  ])('%s: what really passed is counted on, in doubt', (_, wallMs, doubt) => {
    expect(tell(wallMs, 560_000)).toEqual({now: 130_000, trustedSince: 130_000, doubt})
  })

  it('MachineSlept: counts as a clock that was set ahead', () => {
    expect(tell(8_200_000, 500_000)).toMatchObject({now: 70_000, doubt: 'the clock jumped by 7200 s'})
  })

  it.each([
    ['later', 1_060_000, 130_000],
    ['earlier, by a clock that was set', 900_000, 70_000],
  ])('Rebooted %s: in doubt, and time never goes back', (_, wallMs, now) => {
    expect(tell(wallMs, 1000, 'b')).toEqual({now, trustedSince: now, doubt: 'the machine was rebooted'})
  })
})

describe('credibleAge', () => {
  it('AfterJump: reaches back only to the jump', () => {
    expect(credibleAge(60_000, {now: 100_000, trustedSince: null})).toBe(60_000)
    expect(credibleAge(60_000, {now: 100_000, trustedSince: 90_000})).toBe(10_000)
    expect(credibleAge(5000, {now: 100_000, trustedSince: 90_000})).toBe(5000)
  })

  it('Negative: becomes 0', () => {
    expect(credibleAge(-5000, {now: 100_000, trustedSince: null})).toBe(0)
  })
})
