import {durationSetting, GtError, shorten} from '@gtown/sdk'
import {THRESHOLD_TABLE, type ThresholdKind, type ThresholdName, type Thresholds} from './threshold-table.js'

/** The patrol's part of a settings file. */
export interface ThresholdLayer {
  /** Path of the settings file. */
  file: string
  settings: unknown
}

export interface ResolvedThresholds {
  values: Thresholds
  /** Origin of each threshold: `default`, or the file that set it. */
  origins: Readonly<Record<ThresholdName, string>>
}

export const DEFAULT_THRESHOLDS = Object.fromEntries(
  Object.entries(THRESHOLD_TABLE).map(([name, definition]) => [name, definition.default]),
) as unknown as Thresholds

/**
 * The thresholds from the settings files; later layers override earlier ones. In a file a key is written as
 * `nudge_spacing`, and a duration as text such as `5m`, or as a number of milliseconds. Throws `INVALID_SETTING`, naming
 * file and key, for an unknown key or an invalid value.
 */
export function resolveThresholds(layers: readonly ThresholdLayer[]): ResolvedThresholds {
  const values: Record<string, unknown> = {...DEFAULT_THRESHOLDS}
  const origins: Record<string, string> = Object.fromEntries(
    Object.keys(THRESHOLD_TABLE).map((name) => [name, 'default']),
  )
  for (const {file, settings} of layers) {
    for (const [key, value] of entriesOf(file, settings)) {
      const name = nameOf(file, key)
      values[name] = read(THRESHOLD_TABLE[name].kind, value, `${file}: ${key}`)
      origins[name] = file
    }
  }
  const resolved = {values: values as Thresholds, origins: origins as Record<ThresholdName, string>}
  checkOrder(resolved)
  return resolved
}

/** A threshold's key in a settings file. */
export function settingKey(name: ThresholdName): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function entriesOf(file: string, settings: unknown): [string, unknown][] {
  if (settings === undefined) return []
  if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) {
    return Object.entries(settings)
  }
  throw invalid(`${file}: the patrol's settings must be an object`)
}

const NAMES = new Map(
  (Object.keys(THRESHOLD_TABLE) as ThresholdName[]).map((name) => [settingKey(name), name]),
)

function nameOf(file: string, key: string): ThresholdName {
  const name = NAMES.get(key)
  if (name) return name
  throw invalid(
    `${file}: ${shorten(key)} is not a setting of the patrol`,
    `Possible settings: ${[...NAMES.keys()].join(', ')}.`,
  )
}

function read(kind: ThresholdKind, value: unknown, place: string): unknown {
  switch (kind) {
    case 'duration':
      return durationSetting(value, place, invalid)
    case 'count':
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value
      throw invalid(`${place} must be a whole number, 1 or more`)
    case 'size':
      return readSize(value, place)
    case 'switch':
      if (typeof value === 'boolean') return value
      throw invalid(`${place} must be true or false`)
  }
}

const SIZE = /^(\d+(?:\.\d+)?) ?([MGT]B)$/
const BYTES: Readonly<Record<string, number>> = {MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4}

function readSize(value: unknown, place: string): number {
  const [, number, unit = ''] = typeof value === 'string' ? (SIZE.exec(value) ?? []) : []
  const bytes = typeof value === 'string' ? Math.round(Number(number) * (BYTES[unit] ?? Number.NaN)) : value
  if (typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0) return bytes
  throw invalid(`${place} must be a size`, 'Write a text such as "500MB" or "20GB", or a number of bytes.')
}

/** Pairs that must be in this order, or a step would never be reached. */
const ORDER: readonly (readonly [ThresholdName, ThresholdName])[] = [
  ['quiet', 'deadlineAfter'],
  ['deadlineAfter', 'escalateAfter'],
  ['backoffFirst', 'backoffLongest'],
]

function checkOrder({values, origins}: ResolvedThresholds): void {
  for (const [less, more] of ORDER) {
    if (values[less] <= values[more]) continue
    const file = origins[less] === 'default' ? origins[more] : origins[less]
    throw invalid(`${file}: ${settingKey(less)} must not be longer than ${settingKey(more)}`)
  }
}

function invalid(message: string, hint = 'Correct the file.'): GtError {
  return new GtError(message, {code: 'INVALID_SETTING', hint})
}
