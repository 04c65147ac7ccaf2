import {expect, test} from 'vitest'
import {terminalStyle} from '../../../src/host/style.js'

test.each([
  ['a terminal', true, {}, true],
  ['a pipe', false, {}, false],
  ['a dumb terminal', true, {TERM: 'dumb'}, false],
  ['a pipe that is forced', false, {FORCE_COLOR: '1'}, true],
  ['a pipe that is forced in the other way', false, {CLICOLOR_FORCE: '1'}, true],
  ['a terminal that is not to', true, {FORCE_COLOR: '0'}, false],
  ['a terminal that is not to, in a word', true, {FORCE_COLOR: 'false'}, false],
  ['NO_COLOR on a terminal', true, {NO_COLOR: '1'}, false],
  ['NO_COLOR, whatever forces', true, {NO_COLOR: '1', FORCE_COLOR: '1', CLICOLOR_FORCE: '1'}, false],
  ['an empty NO_COLOR on a terminal', true, {NO_COLOR: ''}, true],
])('%s: emphasis %s', async (_, isTTY, env, expected) => {
  expect((await terminalStyle({isTTY}, env)).bold('x') !== 'x').toBe(expected)
})
