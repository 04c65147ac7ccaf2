import * as v from 'valibot'

// The original writes null for what it has nothing to say about; `nullish` reads it as absent.
export const text = v.string('expected string')
export const number = v.number('expected number')
export const version = v.nullish(number)

/** Valibot's own object schemas take an array for an object. */
const jsonObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected object',
)

/** An object with these fields; others are ignored. */
export function objectOf<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(jsonObject, v.object(entries))
}

export function recordOf<const Value extends v.GenericSchema>(value: Value) {
  return v.pipe(jsonObject, v.record(v.string(), value))
}

export function listOf<const Value extends v.GenericSchema>(value: Value) {
  return v.array(value, 'expected array')
}
