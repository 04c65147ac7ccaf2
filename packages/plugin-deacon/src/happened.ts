import * as v from '@gtown/sdk/schema'

/** When something happened, ISO 8601. The original writes the year 1 for what never did. */
export const happened = v.ifValid(
  v.pipe(
    v.text,
    v.check((time) => Date.parse(time) > 0),
  ),
)
