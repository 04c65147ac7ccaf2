import {usageError} from './errors.js'
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
