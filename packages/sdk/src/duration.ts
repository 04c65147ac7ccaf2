import {isGtError, usageError} from './errors.js'
import {shorten} from './names.js'

const UNITS: Record<string, number> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000}
const MAX_MS = 24 * 3_600_000

/**
 * Reads a duration such as `500ms`, `60s`, `2m` or `1h`; a number alone counts seconds.
 *
 * @returns milliseconds, at most a day
 */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim())
  const ms = match ? Number(match[1]) * (UNITS[match[2] ?? 's'] ?? Number.NaN) : Number.NaN
  if (Number.isFinite(ms) && ms <= MAX_MS) return ms
  throw usageError(`'${shorten(text)}' is not a duration`, 'Write 500ms, 60s, 2m or 1h; 24h is the longest.')
}

/**
 * Reads a duration from a settings file: a text as of `parseDuration`, or a number of milliseconds.
 *
 * @param place names the setting in a message
 * @param invalid makes the error from a sentence and, if there is one, a hint
 * @returns milliseconds, above zero and at most a day
 */
export function durationSetting(
  value: unknown,
  place: string,
  invalid: (message: string, hint?: string) => Error,
): number {
  const ms = typeof value === 'string' ? parseSetting(value, place, invalid) : value
  if (typeof ms === 'number' && ms > 0 && ms <= MAX_MS) return ms
  throw invalid(
    `${place} must be a duration above zero, and at most a day`,
    'Write a text such as "30s" or "5m", or a number of milliseconds.',
  )
}

function parseSetting(
  text: string,
  place: string,
  invalid: (message: string, hint?: string) => Error,
): number {
  try {
    return parseDuration(text)
  } catch (error) {
    throw isGtError(error) ? invalid(`${place}: ${error.message}`, error.hint) : error
  }
}
