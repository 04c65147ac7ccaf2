import type {Signal} from './signals.js'

/** A known signal. */
export function known<Value>(value: Value, source: string, ageMs = 0, detail?: string): Signal<Value> {
  return {value, source, ageMs, ...(detail !== undefined && {detail})}
}

/** An unknown signal, with the reason. */
export function unknown(source: string, detail: string): Signal<never> {
  return {value: 'unknown', source, ageMs: 0, detail}
}
