import type {AgentObservation} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {promptDetector} from '../../../../src/agents/screen/prompt-detector.js'

function seen(rows: string[], cursor: [number, number], more: {visible?: boolean; alive?: boolean} = {}) {
  const {visible = true, alive = true} = more
  const at = {row: cursor[0], column: cursor[1], visible}
  const terminal = {at: 0, columns: 40, rows, styledRows: rows, cursor: at, title: '', command: 'node'}
  return {
    version: undefined,
    alive,
    terminal: {...terminal, alternateScreen: false, inMode: false},
  } as AgentObservation
}

test.each([
  ['an empty prompt', seen(['hello', '>'], [1, 2]), 'idle'],
  ['a prompt with text', seen(['hello', '> run it'], [1, 8]), 'draft'],
  ['the cursor before text', seen(['> run it'], [0, 2]), 'draft'],
  ['blanks that were typed', seen(['>'], [0, 4]), 'draft'],
  ['text in several lines, indented', seen(['> run', '  it'], [1, 4]), 'draft'],
  ['an empty line at the end of a draft', seen(['> run', ''], [1, 2]), 'unknown'],
  ['text that is wrapped', seen([`> ${'x'.repeat(38)}`, 'yz'], [1, 2]), 'draft'],
  ['an empty first line of a draft', seen(['>', '  it'], [1, 2]), 'draft'],
  ['an old prompt far above, text without an indent between', seen(['>', 'ran', '  it'], [2, 4]), 'unknown'],
  ['an old prompt above the cursor', seen(['> run it', 'running'], [1, 7]), 'unknown'],
  ['a hidden cursor', seen(['>'], [0, 2], {visible: false}), 'unknown'],
  ['a question with letters', seen(['> x', 'Do you want to proceed? (y/n)'], [1, 29]), 'permission'],
  ['an agent that has ended', seen(['>'], [0, 2], {alive: false}), 'dead'],
])('%s', (_, observation, state) => {
  expect(promptDetector('it', '> ').read(observation).state).toBe(state)
})

test('the agent’s own state is not overridden by an empty prompt', () => {
  const own = {source: 'own', state: 'busy', value: 'busy', at: 0} as const
  const {state, evidence} = promptDetector('it', '> ').read({...seen(['>'], [0, 2]), own})
  expect({state, evidence}).toEqual({state: 'unknown', evidence: [own]})
})
