import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {limitEnd} from '../../../../src/agents/screen/limit-end.js'

const at = (iso: string) => Date.parse(iso)

/** A Monday. */
const SAID = at('2026-11-23T14:20:00Z')

const endOf = (text: string, said = SAID) => {
  const end = limitEnd(text, said)
  return end === undefined ? undefined : new Date(end).toISOString().replace('.000Z', 'Z')
}

let zone: string | undefined
beforeEach(() => {
  zone = process.env.TZ
  process.env.TZ = 'UTC'
})
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

describe('messages of agents', () => {
  test.each([
    // As the screens wrap them.
    [
      '■ You’ve hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro), visit https://chatgpt.com/settings/\nusage to purchase more credits or try again at 6:49 PM.',
      '2026-11-23T18:49:00Z',
    ],
    ['try again at Nov 25th, 2026 6:49 PM.', '2026-11-25T18:49:00Z'],
    ['You’ve hit your usage limit. Try again in 3 days 4 hours 9 minutes.', '2026-11-26T18:29:00Z'],
    ["You've hit your session limit · resets 3pm (Europe/Berlin)", '2026-11-24T14:00:00Z'],
    ["You've hit your session limit · resets 4:30pm (Europe/Berlin)", '2026-11-23T15:30:00Z'],
    ['5-hour limit reached ∙ resets 7pm', '2026-11-23T19:00:00Z'],
    ["You've hit your weekly limit · resets Nov 26 at 1pm (America/Santiago)", '2026-11-26T16:00:00Z'],
    ['Weekly limit reached ∙ resets Thu 9:00am', '2026-11-26T09:00:00Z'],
    ['Usage limit reached for gemini-2.5-pro.\nAccess resets at 8:41 PM UTC.', '2026-11-23T20:41:00Z'],
    ['Your quota will reset after 5h12m3s.', '2026-11-23T19:32:03Z'],
    ['Rate limit reached for stub-model. Please try again in 3s.', '2026-11-23T14:20:03Z'],
    ['limit reached, try again in about 2 hours', '2026-11-23T16:20:00Z'],
    ['resets at 2026-11-24 18:00', '2026-11-24T18:00:00Z'],
    ['resets at 2026-11-24T18:00:00Z', '2026-11-24T18:00:00Z'],
    ['Your limit will reset at 12am PST', '2026-11-24T08:00:00Z'],
    ['resets 18:30 on Tuesday', '2026-11-24T18:30:00Z'],
  ])('%s', (text, end) => expect(endOf(text)).toBe(end))

  test.each([
    'Usage limit reached for gemini-2.5-flash.\n/stats model for usage details',
    "This request would exceed your account's rate limit. Please try again\nlater.",
    'You have exhausted your daily quota on this model.',
    'resets at 25:00',
    'resets 13pm',
    'resets 0pm',
    'resets at 6:77 PM',
    'resets soon',
    'resets 3',
    'resets Feb 31 at 3pm, in 2031',
    'resets 3pm (Nowhere/Atlantis)',
    'resets 3pm XYZ',
    'resets 3pm EEST',
    'resets 3pm IST',
    'resets at 2026-11-23T14:10:00Z',
    'try again in 32 days',
    'resets at 2026-11-24T18:00:00+01:00',
    'resets at 18:00:61:1',
    'resets Mar 3 at 1pm',
    'try again in 99 days',
    'try again in 0s',
    'meet me at 3pm',
    'Connection reset by server [retrying in 4s attempt #2]',
    '',
  ])('no end: %s', (text) => expect(endOf(text)).toBeUndefined())
})

describe('a time without a day', () => {
  test('is tomorrow when it has passed today, and today when it has only just passed', () => {
    expect(endOf('resets 2pm')).toBe('2026-11-24T14:00:00Z')
    expect(endOf('resets 2:18pm')).toBe('2026-11-23T14:18:00Z')
    expect(endOf('resets 1am', at('2026-12-31T23:30:00Z'))).toBe('2027-01-01T01:00:00Z')
  })

  test('is this machine’s, even across a daylight saving change', () => {
    process.env.TZ = 'America/New_York'
    expect(endOf('resets 3pm')).toBe('2026-11-23T20:00:00Z')
    // The night in which summer time ends.
    expect(endOf('resets 3am', at('2026-11-01T04:00:00Z'))).toBe('2026-11-01T08:00:00Z')
  })

  test('a day without a year is in the next one when it has passed', () => {
    expect(endOf('resets Jan 2 at 3pm', at('2026-12-28T00:00:00Z'))).toBe('2027-01-02T15:00:00Z')
  })
})
