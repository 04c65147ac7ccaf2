import * as v from '@gtown/sdk/schema'

/** Time of an event, ISO 8601. Absent for the year 1, which the original writes for "never". */
export const happened = v.ifValid(
  v.pipe(
    v.text,
    v.check((time) => Date.parse(time) > 0),
  ),
)
