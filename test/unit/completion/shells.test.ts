import {expect, test} from 'vitest'
import {answer} from '../../../src/completion/answer.js'
import {buildTree} from '../../../src/completion/build-tree.js'
import {scripts} from '../../../src/completion/scripts/index.js'

const tree = buildTree(
  [{id: 'start', flags: {agent: {name: 'agent', type: 'option'}}, summary: 'Start it'}],
  [],
  {agents: ['claude', 'codex'], backends: [], townRoles: [], rigRoles: []},
)
const ask = (...request: string[]) => answer(tree, request, {cwd: '/', env: {}})

test('Answer_OfBash: only the part after the equals sign, which bash takes for a word of its own', () => {
  expect(ask('bash', 'start', '--agent', '=')).toBe('values\nclaude\t\ncodex\t\n')
  expect(ask('bash', 'start', '--agent', '=', 'cl')).toBe('values\nclaude\t\n')
  expect(ask('bash', 'start', '--agent', '=', 'claude', '--ag')).toBe('values\n')
  expect(ask('bash', 'start', 'x', '=', '--agent', 'cl')).toBe('values\nclaude\t\n')
  expect(ask('bash', 'start', '--agent=cl')).toBe('values\n--agent=claude\t\n')
})

test('Answer_OfPowerShell: the last word has a sign in front', () => {
  expect(ask('powershell', '=sta')).toBe('values\nstart\tStart it\n')
  expect(ask('powershell', 'start', '--agent', '=')).toBe('values\nclaude\t\ncodex\t\n')
})

test('Answer_NoWordYet: the commands', () => {
  expect(ask('fish')).toBe('values\nstart\tStart it\n')
})

test('the script for PowerShell requests the same as the others', () => {
  for (const [shell, script] of Object.entries(scripts)) {
    expect(script).toMatch(new RegExp(`gt completion candidates '?--'? ${shell} `))
  }
})
