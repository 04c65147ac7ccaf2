import type {NudgeReceipt, Peek} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {nudgeExitCodes, peekJson, peekText, receiptJson, receiptText} from '../../../src/render/nudge.js'
import {aSession} from '../../support/refs.js'

const receipt: NudgeReceipt = {
  id: '0mwsfpjn0-b25955e0a95a',
  to: 'alpha/witness',
  session: 'gt-alpha-witness',
  incarnation: 'one',
  state: 'queued',
  reason: 'its state is busy',
  queuedAt: 0,
  expiresAt: 1_800_000,
  updatedAt: 1000,
}

test('a receipt as JSON has readable times, and no text', () => {
  expect(receiptJson(receipt)).toEqual({
    id: receipt.id,
    to: 'alpha/witness',
    session: 'gt-alpha-witness',
    incarnation: 'one',
    state: 'queued',
    reason: 'its state is busy',
    queued_at: '1970-01-01T00:00:00.000Z',
    expires_at: '1970-01-01T00:30:00.000Z',
    updated_at: '1970-01-01T00:00:01.000Z',
  })
})

test('a receipt in one line', () => {
  expect(receiptText(receipt)).toBe('queued 0mwsfpjn0-b25955e0a95a alpha/witness: its state is busy')
  const {reason: _, ...delivered} = {...receipt, state: 'delivered' as const}
  expect(receiptText(delivered)).toBe('delivered 0mwsfpjn0-b25955e0a95a alpha/witness')
})

test('every state has its exit code', () => {
  expect(nudgeExitCodes).toEqual({delivered: 0, failed: 1, queued: 3, typing: 3, expired: 4})
})

const peek: Peek = {
  address: 'alpha/witness',
  backend: 'tmux',
  session: aSession({attached: 2}),
  reading: {
    state: 'permission',
    text: 'Do you want to proceed?\nrm x',
    choices: [{label: 'Yes', marked: true}],
    evidence: [{source: 'screen', state: 'permission', value: 'Esc to cancel', at: 4000}],
  },
}

test('peek as text: the state in one line, or the lines of the screen', () => {
  expect(peekText(peek)).toBe('permission (screen): Do you want to proceed?')
  expect(peekText({...peek, lines: ['a', 'b']})).toBe('a\nb')
})

test('peek as JSON: the state with its evidence and their ages', () => {
  expect(peekJson(peek, 5000)).toEqual({
    address: 'alpha/witness',
    session: 'gt-alpha-witness',
    backend: 'tmux',
    attached: true,
    state: {
      value: 'permission',
      text: 'Do you want to proceed?\nrm x',
      choices: [{label: 'Yes', marked: true}],
      evidence: [{source: 'screen', says: 'permission', value: 'Esc to cancel', age_ms: 1000}],
    },
  })
  expect(peekJson({...peek, lines: ['a']}, 5000)).toMatchObject({lines: ['a']})
})

test('a single attached terminal counts, and ages are not negative', () => {
  const attached = (count: number) => peekJson({...peek, session: aSession({attached: count})}, 5000).attached
  expect([0, 1, 2].map(attached)).toEqual([false, true, true])
  expect(peekJson(peek, 3000)).toMatchObject({state: {evidence: [{age_ms: 0}]}})
})
