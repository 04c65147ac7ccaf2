import {expect, test} from 'vitest'
import {commandLine} from '../../src/start-script.js'
import {quiet} from '../support/world.js'

test('commandLine_SeveralWords: is unchanged', () => {
  expect(commandLine(quiet('a', {command: ['/bin/x', '-v']}))).toEqual(['/bin/x', '-v'])
})

test('commandLine_OneWord: gets a second word, so that no shell runs it', () => {
  expect(commandLine(quiet('a', {command: ['/bin/x']}))).toEqual(['/usr/bin/env', '/bin/x'])
})

test('commandLine_UnsetEnv: env unsets it', () => {
  const spec = quiet('a', {command: ['/bin/x', '-v'], unsetEnv: ['A', 'B']})
  expect(commandLine(spec)).toEqual(['/usr/bin/env', '-u', 'A', '-u', 'B', '/bin/x', '-v'])
})

test('commandLine_VariableThatTmuxSets: env sets only that one again', () => {
  const spec = quiet('a', {command: ['/bin/x', '-v'], env: {SHELL: '/bin/sh', SECRET: 's'}})
  expect(commandLine(spec)).toEqual(['/usr/bin/env', 'SHELL=/bin/sh', '/bin/x', '-v'])
})

test('commandLine_EqualsSignInThePath: is not taken for a variable', () => {
  expect(commandLine(quiet('a', {command: ['/a=b/x']}))).toEqual([
    '/usr/bin/env',
    'nice',
    '-n',
    '0',
    '/a=b/x',
  ])
})
