import {dayOf, momentIn, type WallDay, zoneNamed} from './wall-time.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A time may have passed by this much and still be meant, since two clocks never agree exactly. */
const TOLERANCE_MS = 5 * MINUTE

/** No limit lasts longer. A later time was misread. */
const LONGEST_MS = 31 * DAY

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const HEAD = /\b(?:resets?|try again|available again|until)\b(?: (?:at|on|in|after|about|around))*:?\s+/gi
const AMOUNT = /^(\d{1,4})\s*(d|h|m|s)(?:ays?|ours?|rs?|in(?:ute)?s?|ec(?:ond)?s?)?\b[,\s]*(?:and\s+)?/i
/** An amount without a blank after it, as in `2h15m`. */
const SHORT_AMOUNT = /^(\d{1,4})(d|h|m|s)(?=\d)/i
const CLOCK = /^(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*([ap])\.?m\b\.?|^(\d{1,2}):(\d{2})(?::\d{2})?(?![\d:])/i
const ZONE = /^\s*\(?([A-Z][A-Za-z]+(?:\/[A-Za-z_]+)+|[A-Z]{2,4}|Z|[+-]\d\d:?\d\d)(?!\w)\)?/
const MONTH_DAY = /^([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?/
const WEEKDAY = /^([A-Z][a-z]{2})[a-z]*\b/
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})T?/
const BETWEEN = /^,?\s*(?:at|on)?\s*/

/**
 * The end of a usage limit in milliseconds since the epoch, parsed from the agent's message: "resets 3pm
 * (Europe/Berlin)", "try again at Nov 25th, 2026 6:49 PM", "try again in 2h 15m". Undefined when the message names no
 * plausible end. A time without a zone is in this machine's zone.
 *
 * @param saidAt time of the message, milliseconds since the epoch; a time without a day is the next one after it
 */
export function limitEnd(text: string, saidAt: number): number | undefined {
  const words = text.replaceAll(/\s+/g, ' ')
  for (const head of words.matchAll(HEAD)) {
    const rest = words.slice(head.index + head[0].length)
    const end = afterAmount(rest, saidAt) ?? atMoment(rest, saidAt)
    if (end !== undefined && end > saidAt - TOLERANCE_MS && end <= saidAt + LONGEST_MS) return end
  }
  return undefined
}

const UNITS: Readonly<Record<string, number>> = {d: DAY, h: HOUR, m: MINUTE, s: 1000}

function afterAmount(text: string, saidAt: number): number | undefined {
  let rest = text
  let total = 0
  for (;;) {
    const found = SHORT_AMOUNT.exec(rest) ?? AMOUNT.exec(rest)
    if (!found) return total > 0 ? saidAt + total : undefined
    total += Number(found[1]) * (UNITS[found[2]?.toLowerCase() ?? ''] ?? 0)
    rest = rest.slice(found[0].length)
  }
}

/** A day and a time, a time and a day, or a time alone. */
function atMoment(text: string, saidAt: number): number | undefined {
  const before = readDay(text)
  const clock = readClock(before ? withoutLink(text.slice(before.length)) : text)
  if (!clock) return undefined
  const day = before ?? readDay(withoutLink(clock.rest))
  const zone = zoneNamed(ZONE.exec(clock.rest)?.[1])
  if (zone === undefined) return undefined
  for (const candidate of daysFrom(dayOf(saidAt, zone), day)) {
    const moment = momentIn(zone, candidate, clock)
    if (moment > saidAt - TOLERANCE_MS) return moment
  }
  return undefined
}

function withoutLink(text: string): string {
  return text.replace(BETWEEN, '')
}

interface Clock {
  hour: number
  minute: number
  rest: string
}

function readClock(text: string): Clock | undefined {
  const found = CLOCK.exec(text)
  if (!found) return undefined
  const [all, twelve, minutes = '0', half, full, fullMinutes] = found
  const hour =
    twelve === undefined ? Number(full) : (Number(twelve) % 12) + (half?.toLowerCase() === 'p' ? 12 : 0)
  const minute = Number(fullMinutes ?? minutes)
  const isSense = twelve === undefined ? hour < 24 : Number(twelve) >= 1 && Number(twelve) <= 12
  return isSense && minute < 60 ? {hour, minute, rest: text.slice(all.length)} : undefined
}

interface NamedDay {
  month?: number
  day?: number
  year?: number
  weekday?: number
  /** Number of characters parsed. */
  length: number
}

function readDay(text: string): NamedDay | undefined {
  const iso = ISO_DAY.exec(text)
  if (iso) return {year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), length: iso[0].length}
  const named = MONTH_DAY.exec(text)
  const month = MONTHS.indexOf(named?.[1]?.toLowerCase() ?? '') + 1
  if (named && month > 0) {
    const year = named[3] === undefined ? {} : {year: Number(named[3])}
    return {month, day: Number(named[2]), ...year, length: named[0].length}
  }
  const word = WEEKDAY.exec(text)
  const weekday = WEEKDAYS.indexOf(word?.[1]?.toLowerCase() ?? '')
  return word && weekday >= 0 ? {weekday, length: word[0].length} : undefined
}

/** The days that may be meant, the nearest first. */
function daysFrom(today: WallDay, named: NamedDay | undefined): WallDay[] {
  const next = (count: number) => {
    const date = new Date(Date.UTC(today.year, today.month - 1, today.day + count))
    return {year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate()}
  }
  if (!named) return [next(0), next(1)]
  if (named.weekday !== undefined) {
    const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay()
    const ahead = (named.weekday - weekday + 7) % 7
    return [next(ahead), next(ahead + 7)]
  }
  const {month = 0, day = 0, year} = named
  return (year === undefined ? [today.year, today.year + 1] : [year]).map((of) => ({year: of, month, day}))
}
