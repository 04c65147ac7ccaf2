import type {Signal} from './signals.js'

/** What was found out. */
export function known<Value>(value: Value, source: string, ageMs = 0, detail?: string): Signal<Value> {
  return {value, source, ageMs, ...(detail !== undefined && {detail})}
}

/** What could not be told, and why. */
export function unknown(source: string, detail: string): Signal<never> {
  return {value: 'unknown', source, ageMs: 0, detail}
}
