import {AGENT_STATES, type AgentState} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {settle} from '../../../../src/agents/screen/settle.js'

/** A dead agent is settled before its state is read. */
const states = AGENT_STATES.filter((state) => state !== 'dead')
const of = (...all: AgentState[]) => settle(all.map((state) => ({source: 'own', state, value: state, at: 0})))

/** The combined state of a source and the screen, by the screen's; unknown if not listed. */
const together: Partial<Record<AgentState, Partial<Record<AgentState, AgentState>>>> = {
  busy: {
    starting: 'busy',
    idle: 'busy',
    draft: 'busy',
    menu: 'busy',
    busy: 'busy',
    unknown: 'busy',
    permission: 'permission',
    question: 'question',
    dialog: 'dialog',
    limit: 'limit',
  },
  idle: {
    idle: 'idle',
    draft: 'draft',
    starting: 'starting',
    menu: 'menu',
    permission: 'permission',
    question: 'question',
    dialog: 'dialog',
    limit: 'limit',
  },
  permission: {
    permission: 'permission',
    question: 'question',
    dialog: 'dialog',
    menu: 'menu',
    limit: 'limit',
    unknown: 'permission',
  },
  question: {
    permission: 'permission',
    question: 'question',
    dialog: 'dialog',
    menu: 'menu',
    limit: 'limit',
    unknown: 'question',
  },
  dialog: {
    permission: 'permission',
    question: 'question',
    dialog: 'dialog',
    menu: 'menu',
    limit: 'limit',
    unknown: 'dialog',
  },
}

const pairs = states.flatMap((stronger) =>
  states.map((weaker) => {
    const same = stronger === weaker ? stronger : 'unknown'
    return [stronger, weaker, together[stronger]?.[weaker] ?? same] as const
  }),
)

test.each(pairs)('one says %s, the screen %s: %s', (stronger, weaker, state) => {
  expect(of(stronger, weaker)).toBe(state)
})

test('with three sources the screen is combined first', () => {
  expect(of('busy', 'idle', 'draft')).toBe('busy')
  expect(of('idle', 'permission', 'idle')).toBe('unknown')
})

test('without evidence: unknown', () => {
  expect(of()).toBe('unknown')
})
