// The effects of messages: on which worker, only once, and without flooding a person.
import type {Letter, Message} from '@gtown/sdk/mail'
import {describe, expect, it} from 'vitest'
import {applyNotices, type Identity} from '../../../src/patrol/mail/apply-notices.js'
import {alertsOf, NO_MAIL, type WorkerMail} from '../../../src/patrol/mail/mail-memory.js'
import {followHelpRequest, newNotices, settleMail} from '../../../src/patrol/mail/mailbox.js'
import {type Notice, noticeOf} from '../../../src/patrol/mail/notice.js'
import {HOUR} from './support/patrol.js'

const NOW = 1_700_000_000_000

const BRANCH = 'polecat/nux-m1'

const NUX: Identity = {
  name: 'nux',
  incarnation: 'i-1',
  branch: BRANCH,
  head: 'a'.repeat(40),
  bornAt: NOW - HOUR,
}

const message = (subject: string, body = '', more: Partial<Message> = {}): Message => ({
  id: subject,
  at: NOW,
  from: '',
  subject,
  body,
  ...more,
})

const letter = (one: Message): Letter => ({file: one.id, message: one})

/** The texts of these messages in the order of their effect. */
const noticesOf = (...messages: readonly Message[]) =>
  newNotices(messages.map(letter), NO_MAIL, {rig: 'alpha', now: NOW})

const heardBy = (who: Identity, before: WorkerMail | undefined, ...messages: readonly Message[]) =>
  applyNotices(before, noticesOf(...messages), who)

const done = (body = `Branch: ${BRANCH}`, more: Partial<Message> = {}) =>
  message('POLECAT_DONE nux', body, more)

describe('applyNotices', () => {
  it.each([
    ['of this branch', done(), true, 'done'],
    ['of this life', done('Incarnation: i-1'), true, 'done'],
    ['of this commit', done(`Branch: ${BRANCH}\nHead: ${'a'.repeat(40)}`), true, 'done'],
    ['as old as the session', done(undefined, {at: NUX.bornAt}), true, 'done'],
    ['older than the session', done(undefined, {at: NUX.bornAt - 1}), false, 'it is older than the session'],
    ['of another life', done(`Branch: ${BRANCH}\nIncarnation: i-0`), false, 'it is about another life'],
    ['of another branch', done('Incarnation: i-1\nBranch: other'), false, 'it is about another branch'],
    [
      'of another commit',
      done(`Branch: ${BRANCH}\nHead: ${'b'.repeat(40)}`),
      false,
      'it is about another commit',
    ],
    ['of nothing', done(''), false, 'it names neither a life nor a branch'],
    ['that asks for nothing', message('Good morning', 'Agent: nux'), false, 'it needs no reaction'],
    ['for help', message('HELP: x', 'Agent: nux'), true, 'it asks for help'],
  ])('A message %s', (_, one, acted, effect) => {
    expect(heardBy(NUX, undefined, one).applied).toMatchObject([{acted, effect}])
  })

  it('A message about another worker changes nothing of this one', () => {
    expect(heardBy({...NUX, name: 'toast'}, undefined, done()).applied).toEqual([])
  })

  it('The newest counts, in whatever order they arrive', () => {
    const merged = message('MERGED nux', `Branch: ${BRANCH}`, {at: NOW - 1000})
    expect(heardBy(NUX, undefined, done(), merged).mail.word?.is).toBe('done')
    const failed = message('MERGE_FAILED nux', `Branch: ${BRANCH}`)
    expect(heardBy(NUX, undefined, failed, merged).applied.map(({acted}) => acted)).toEqual([true, true])
    const {mail} = heardBy(NUX, undefined, done())
    expect(heardBy(NUX, mail, merged)).toMatchObject({
      mail: {word: {is: 'done'}},
      applied: [{acted: false, effect: 'a newer report is known'}],
    })
  })

  const plea = {id: 'p', at: NOW, text: 'help', waits: false}

  it.each([
    ['done', done(), null],
    ['merged', message('MERGED nux', `Branch: ${BRANCH}`), plea],
  ])('Help that it waits for, when it is %s', (_, one, left) => {
    expect(heardBy(NUX, {incarnation: 'i-1', word: null, plea}, one).mail.plea).toEqual(left)
  })

  it.each([
    ['this life', NUX, true],
    ['a life whose id cannot be read', {...NUX, incarnation: undefined}, true],
    ['another life', {...NUX, incarnation: 'i-2'}, false],
    ['a branch that it has left', {...NUX, branch: 'other'}, false],
    ['a branch that cannot be read', {...NUX, branch: undefined}, true],
  ])('What was said of %s', (_, who, isKept) => {
    const {mail} = heardBy(NUX, undefined, done())
    expect(heardBy(who, mail).mail.word !== null).toBe(isKept)
  })
})

describe('newNotices', () => {
  it('Each message once, and none that was applied before', () => {
    const letters = [done(), done(), message('HELP: x', '', {id: 'old'})].map(letter)
    const {length} = newNotices(letters, {...NO_MAIL, treated: ['old']}, {rig: 'alpha', now: NOW})
    expect(length).toBe(1)
  })

  it('From the future: counts as written now', () => {
    expect(noticesOf(done(undefined, {at: NOW + HOUR}))[0]?.at).toBe(NOW)
  })
})

describe('noticeOf', () => {
  const notice = (subject: string, body = '', from = '') => noticeOf(message(subject, body, {from}), 'alpha')

  it.each([
    ['POLECAT_DONE nux', 'done'],
    ['About POLECAT_DONE nux', 'other'],
    ['MERGED nux', 'merged'],
    ['Is it MERGED nux', 'other'],
    ['LIFECYCLE:Shutdown nux', 'shutdown'],
    ['No LIFECYCLE:Shutdown nux', 'other'],
    ['MERGE_FAILED nux', 'merge failed'],
    ['HELP:', 'other'],
  ])('%s: %s', (subject, kind) => {
    expect(notice(subject).kind).toBe(kind)
  })

  it.each([
    ['Agent: alpha/polecats/nux', '', 'nux'],
    ['Agent: alpha/nux', 'alpha/toast', 'nux'],
    ['', 'alpha/toast', 'toast'],
    ['Agent: nux', '', 'nux'],
    ['Agent: beta/nux', '', undefined],
  ])('A plea with %j from %j: of %s', (body, from, worker) => {
    expect(notice('HELP: x', body, from).worker).toBe(worker)
  })

  it('Long texts are cut, and control characters are removed', () => {
    const {subject, text} = notice(`HELP: \u001b[2J${'s'.repeat(500)}`, `\u0007${'b'.repeat(5000)}`)
    expect([subject.length, text.length]).toEqual([200, 2000])
    expect((subject + text).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })
})

describe('settleMail', () => {
  const unmatchedOf = (id: string, since = NOW) => ({id, cause: 'asked for help', detail: '', since})
  const pleas = (count: number) =>
    noticesOf(...Array.from({length: count}, (_, id) => message(`HELP: ${id}`, 'Agent: mayor/')))
  const settle = (
    notices: readonly Notice[],
    {before = NO_MAIL, applied = [] as Parameters<typeof settleMail>[3]['applied']} = {},
  ) => settleMail(before, notices, new Map(), {applied, now: NOW})

  it('A flood, at once or in two cycles: twenty are escalated', () => {
    const {mail} = settle(pleas(15))
    expect(settle(pleas(30)).mail.strays).toHaveLength(20)
    expect(settle(pleas(30).slice(15), {before: mail}).mail.strays).toHaveLength(20)
  })

  it('Escalated for a day', () => {
    const before = {
      ...NO_MAIL,
      strays: [unmatchedOf('old', NOW - 24 * HOUR), unmatchedOf('new', NOW - 24 * HOUR + 1)],
    }
    expect(settle([], {before}).mail.strays.map(({id}) => id)).toEqual(['new'])
  })

  it('The newest ids are remembered, and only so many', () => {
    const before = {...NO_MAIL, treated: Array.from({length: 500}, (_, index) => `${index}`)}
    const {treated} = settle(noticesOf(done()), {before}).mail
    expect([treated.length, treated[0], treated.at(-1)]).toEqual([500, '1', 'POLECAT_DONE nux'])
  })

  const failed = message('MERGE_FAILED nux', `Branch: ${BRANCH}`)

  it.each<[string, number, Message, Identity]>([
    ['A plea of a worker', 0, message('HELP: x', 'Agent: nux'), NUX],
    ['A plea of nobody', 1, message('HELP: x', 'Agent: mayor/'), NUX],
    ['A failed merge that its worker knows of', 0, failed, NUX],
    ['A failed merge of a branch that is left', 1, failed, {...NUX, branch: 'other'}],
  ])('%s: told as nobody’s %i times', (_, times, one, who) => {
    const {applied} = heardBy(who, undefined, one)
    expect(settle(noticesOf(one), {applied}).mail.strays).toHaveLength(times)
  })
})

describe('a help request', () => {
  const plea = {id: 'p', at: NOW, text: 'help', waits: false}

  it('is over when its worker has waited, and works again', () => {
    expect(followHelpRequest(plea, 'busy')).toEqual(plea)
    expect(followHelpRequest(followHelpRequest(plea, 'idle'), 'unknown')).toMatchObject({waits: true})
    expect(followHelpRequest(followHelpRequest(plea, 'question'), 'busy')).toBeNull()
  })
})

describe('alertsOf', () => {
  it.each([
    ['ESCALATED', 1],
    ['COMPLETED', 0],
  ])('Done as %s: a person is told %i times', (exit, count) => {
    const {mail} = heardBy(NUX, undefined, done(`Branch: ${BRANCH}\nExit: ${exit}`))
    expect(alertsOf({...NO_MAIL, workers: {nux: mail}})).toHaveLength(count)
  })
})
