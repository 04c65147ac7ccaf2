import {describe, expect, it} from 'vitest'
import {THRESHOLD_TABLE, type ThresholdName} from '../../../src/patrol/settings/threshold-table.js'
import {DEFAULT_THRESHOLDS, resolveThresholds, settingKey} from '../../../src/patrol/settings/thresholds.js'

const of = (settings: unknown) => resolveThresholds([{file: '/town/settings.json', settings}])

describe('resolveThresholds', () => {
  it('NoFile: every value is the default, and says so', () => {
    const {values, origins} = resolveThresholds([])
    expect(values).toEqual(DEFAULT_THRESHOLDS)
    expect(new Set(Object.values(origins))).toEqual(new Set(['default']))
    expect(values).toMatchObject({
      quiet: 300_000,
      nudgesPerEpisode: 3,
      restartHung: false,
    })
  })

  it('RigBeforeTown: the later file counts, and each value says where it is from', () => {
    const {values, origins} = resolveThresholds([
      {file: 'town', settings: {quiet: '2m', nudge_spacing: 5000}},
      {file: 'rig', settings: {quiet: '90s', restart_hung: true}},
    ])
    expect(values).toMatchObject({
      quiet: 90_000,
      nudgeSpacing: 5000,
      restartHung: true,
    })
    expect(origins).toMatchObject({quiet: 'rig', nudgeSpacing: 'town', deadlineAfter: 'default'})
  })

  it('EveryThreshold: can be set by its key', () => {
    for (const name of Object.keys(THRESHOLD_TABLE) as ThresholdName[]) {
      expect(of({[settingKey(name)]: DEFAULT_THRESHOLDS[name]}).origins[name]).toBe('/town/settings.json')
    }
  })

  it.each([
    ['500MB', 524_288_000],
    ['1.5GB', 1_610_612_736],
    ['2 TB', 2_199_023_255_552],
    [0, 0],
  ])('Size %s', (text, bytes) => {
    expect(of({keep_removed_size: text}).values.keepRemovedSize).toBe(bytes)
  })

  it('AWholeDay: is the longest duration', () => {
    expect(of({limit_escalate_after: '24h'}).values.limitEscalateAfter).toBe(86_400_000)
  })

  it.each([
    [{quite: '5m'}, /^\/town\/settings\.json: quite is not a setting of the patrol$/],
    [{nudgeSpacing: '5m'}, /nudgeSpacing is not a setting/],
    [{__proto__: null, constructor: 1}, /constructor is not a setting/],
    [{quiet: 'soon'}, /quiet: 'soon' is not a duration/],
    [{quiet: 0}, /quiet must be a duration above zero/],
    [{quiet: -5}, /quiet must be a duration/],
    [{quiet: 1e12}, /quiet must be a duration/],
    [{limit_escalate_after: 86_400_001}, /limit_escalate_after must be a duration/],
    [{quiet: true}, /quiet must be a duration/],
    [{quiet: null}, /quiet must be a duration/],
    [{hung_cycles: 0}, /hung_cycles must be a whole number, 1 or more/],
    [{hung_cycles: 1.5}, /hung_cycles must be a whole number/],
    [{hung_cycles: '3'}, /hung_cycles must be a whole number/],
    [{keep_free_disk: 'much'}, /keep_free_disk must be a size/],
    [{keep_free_disk: '5'}, /keep_free_disk must be a size/],
    [{keep_free_disk: -1}, /keep_free_disk must be a size/],
    [{keep_free_disk: true}, /keep_free_disk must be a size/],
    [{restart_hung: 'yes'}, /restart_hung must be true or false/],
    [{quiet: '20m'}, /settings\.json: quiet must not be longer than deadline_after/],
    [{escalate_after: '14m'}, /settings\.json: deadline_after must not be longer than escalate_after/],
    [{backoff_longest: '1s'}, /settings\.json: backoff_first must not be longer than backoff_longest/],
    [[], /the patrol.s settings must be an object/],
    ['5m', /must be an object/],
    [null, /must be an object/],
  ])('%j: rejected in a sentence that names file and key', (settings, message) => {
    expect(() => of(settings)).toThrow(
      expect.objectContaining({code: 'INVALID_SETTING', message: expect.stringMatching(message)}),
    )
  })
})
