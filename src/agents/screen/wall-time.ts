/** A calendar day; months count from 1. */
export interface WallDay {
  year: number
  month: number
  day: number
}

/** `local`, or a time zone name of `Intl`. */
export type Zone = string

const ABBREVIATIONS: Readonly<Record<string, Zone>> = {
  Z: 'UTC',
  UTC: 'UTC',
  GMT: 'UTC',
  PT: 'America/Los_Angeles',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  ET: 'America/New_York',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  CET: 'Europe/Berlin',
  CEST: 'Europe/Berlin',
}

/** The zone of that name; this machine's without a name; undefined for an unknown name. */
export function zoneNamed(name: string | undefined): Zone | undefined {
  if (name === undefined) return 'local'
  if (Object.hasOwn(ABBREVIATIONS, name)) return ABBREVIATIONS[name]
  // Others are ambiguous: IST is three zones.
  if (!name.includes('/')) return undefined
  try {
    return new Intl.DateTimeFormat('en', {timeZone: name}).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The day in the zone at a moment (milliseconds since the epoch). */
export function dayOf(moment: number, zone: Zone): WallDay {
  const {year, month, day} = wallClock(moment, zone)
  return {year, month, day}
}

/** The moment of that day and time in the zone, in milliseconds since the epoch. */
export function momentIn(
  zone: Zone,
  {year, month, day}: WallDay,
  {hour, minute}: {hour: number; minute: number},
): number {
  const shown = Date.UTC(year, month - 1, day, hour, minute)
  const guess = shown - offsetAt(shown, zone)
  // The offset may differ on the other side of a daylight saving change.
  return shown - offsetAt(guess, zone)
}

function offsetAt(moment: number, zone: Zone): number {
  const {year, month, day, hour, minute, second} = wallClock(moment, zone)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000
}

function wallClock(moment: number, zone: Zone) {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
    ...(zone !== 'local' && {timeZone: zone}),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = Object.fromEntries(format.formatToParts(moment).map(({type, value}) => [type, Number(value)]))
  const {year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0} = parts
  return {year, month, day, hour, minute, second}
}
