import * as v from 'valibot'

export const text = v.string('expected string')

/** A text that is not empty. */
export const someText = v.pipe(text, v.nonEmpty())

/** A finite number. JSON can contain numbers that are too large, which JavaScript reads as infinite. */
export const number = v.pipe(v.number('expected number'), v.finite('expected number'))

export const wholeNumber = v.pipe(number, v.safeInteger())

/** A whole number, 0 or more. */
export const count = v.pipe(wholeNumber, v.minValue(0))

/** A time as text, such as ISO 8601. */
export const timeText = v.pipe(
  text,
  v.check((time) => !Number.isNaN(Date.parse(time))),
)

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Valibot's own object schemas accept arrays. */
const jsonObject = v.custom<Record<string, unknown>>(isObject, 'expected object')

/** An object with these fields. Other fields are left out. */
export function objectOf<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<Entries, undefined>>> {
  return v.pipe(jsonObject, v.object(entries))
}

/** An object with these fields. Other fields are kept, but are not in its type. */
export function openObject<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<Entries, undefined>>> {
  return v.pipe(jsonObject, v.looseObject(entries))
}

/** An object with any keys and one type of value. Unlike in valibot's, a key may be `constructor`, like a worker's name. */
export function recordOf<Value extends v.GenericSchema>(
  value: Value,
): v.GenericSchema<unknown, Readonly<Record<string, v.InferOutput<Value>>>> {
  return v.pipe(
    jsonObject,
    v.rawTransform(({dataset, addIssue, NEVER}) => {
      const entries: [string, v.InferOutput<Value>][] = []
      for (const [key, input] of Object.entries(dataset.value)) {
        const result = v.safeParse(value, input, {abortEarly: true})
        if (!result.success) {
          const [{message, path, input: received}] = result.issues
          const here = {type: 'object', origin: 'value', input: dataset.value, key, value: input} as const
          addIssue({message, input: received, path: [here, ...(path ?? [])]})
          return NEVER
        }
        entries.push([key, result.output])
      }
      return Object.fromEntries(entries)
    }),
  )
}

export function listOf<const Value extends v.GenericSchema>(
  value: Value,
): v.GenericSchema<unknown, readonly v.InferOutput<Value>[]> {
  return v.pipe(v.array(value, 'expected array'), v.readonly())
}

/** A field that counts as absent when its value is not valid. Use it with `withoutAbsent`. */
export function ifValid<const Value extends v.GenericSchema>(value: Value) {
  return v.fallback(v.optional(value), undefined)
}

type AbsentKey<T> = {[Key in keyof T]-?: undefined extends T[Key] ? Key : never}[keyof T]
type Present<T> = Omit<T, AbsentKey<T>> & {[Key in AbsentKey<T>]?: Exclude<T[Key], undefined>}

/** The fields without the keys whose value is undefined, which JSON cannot express. */
export function withoutAbsent<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>
}

/** One of these words. Any other text, such as a word of a newer gt, becomes `otherwise`. */
export function wordOr<const Word extends string, const Other>(words: readonly Word[], otherwise: Other) {
  return v.pipe(
    text,
    v.transform((found): Word | Other => words.find((word) => word === found) ?? otherwise),
  )
}
