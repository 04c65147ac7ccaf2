import type {AgentSettings} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {resolveAgent} from '../../../src/agents/resolve.js'

function file(name: string, more: Partial<AgentSettings> = {}): AgentSettings {
  return {file: name, agents: {}, roleAgents: {}, ...more}
}

const custom = {command: '/bin/custom'}

describe('which agent', () => {
  test('claude when nothing is configured', () => {
    expect(resolveAgent({role: 'witness', settings: []}).name).toBe('claude')
  })

  test('the first hit wins: rig role, town role, rig default, town default', () => {
    const rig = file('rig', {roleAgents: {witness: 'gemini'}, defaultAgent: 'amp'})
    const town = file('town', {roleAgents: {witness: 'codex'}, defaultAgent: 'cursor'})
    const chosen = (...settings: AgentSettings[]) => resolveAgent({role: 'witness', settings}).name
    expect(chosen(rig, town)).toBe('gemini')
    expect(chosen({...rig, roleAgents: {}}, town)).toBe('codex')
    expect(chosen({...rig, roleAgents: {}}, {...town, roleAgents: {}})).toBe('amp')
    expect(chosen(file('rig'), {...town, roleAgents: {}})).toBe('cursor')
  })

  test('the requested agent goes over everything', () => {
    const settings = [file('rig', {roleAgents: {witness: 'gemini'}})]
    expect(resolveAgent({role: 'witness', requested: 'codex', settings}).name).toBe('codex')
  })

  test('a role agent that is known nowhere warns and falls through to the next', () => {
    const settings = [
      file('rig', {roleAgents: {witness: 'nope'}}),
      file('town', {roleAgents: {witness: 'codex'}, defaultAgent: 'amp'}),
    ]
    const {name, warnings} = resolveAgent({role: 'witness', settings})
    expect(name).toBe('codex')
    expect(warnings).toEqual([
      'role_agents[witness]=nope - agent "nope" not found in config or built-in presets, falling back to default',
    ])
  })

  test('a requested agent that is known nowhere is an error in the words of the original', () => {
    expect(() => resolveAgent({role: 'witness', requested: 'nope', settings: []})).toThrow(
      "building startup command: agent 'nope' not found",
    )
  })

  test('a default agent that is known nowhere is an error that names its file', () => {
    const settings = [file('/t/settings/config.json', {defaultAgent: 'typo'})]
    expect(() => resolveAgent({role: 'witness', settings})).toThrow(
      /'typo' not found.*\/t\/settings\/config\.json/,
    )
  })

  test.each(['constructor', '__proto__'])('a role %s has no agent of its own', (role) => {
    expect(resolveAgent({role, settings: [file('f')]})).toMatchObject({name: 'claude', warnings: []})
  })

  test("another name than that of the role's own agent does not start it", () => {
    const builtIn = {name: 'patrol', command: ['witness', 'patrol'], readyPromptPrefix: 'patrol '} as const
    const settings = [file('rig', {roleAgents: {witness: 'nope'}})]
    const {name, warnings} = resolveAgent({role: 'witness', settings, builtIn})
    expect({name, warnings: warnings.length}).toEqual({name: 'claude', warnings: 1})
  })

  test.each(['constructor', '__proto__', 'toString'])('%s is no agent', (name) => {
    expect(() => resolveAgent({role: 'witness', requested: name, settings: [file('f')]})).toThrow('not found')
  })
})

describe('what an entry of the settings means', () => {
  const preset = (entry: AgentSettings['agents'][string], name = 'mine') =>
    resolveAgent({role: 'witness', requested: name, settings: [file('f', {agents: {[name]: entry}})]}).preset

  test('it is merged over the preset of its name, field by field', () => {
    expect(preset({args: ['--careful']}, 'claude')).toMatchObject({
      command: 'claude',
      args: ['--careful'],
      readyPromptPrefix: '❯ ',
    })
  })

  test('a new name has no arguments, takes the prompt as argument and is called like its program', () => {
    expect(preset(custom)).toEqual({
      command: '/bin/custom',
      args: [],
      processNames: ['custom'],
      promptMode: 'arg',
      env: {},
    })
  })

  test('the most specific file wins as a whole', () => {
    const settings = [
      file('rig', {agents: {mine: custom}}),
      file('town', {agents: {mine: {command: 'x', args: ['y']}}}),
    ]
    expect(resolveAgent({role: 'witness', requested: 'mine', settings}).preset.args).toEqual([])
  })

  test('without a command it is an error that names the file', () => {
    expect(() => preset({args: []})).toThrow("agent 'mine' has no command")
  })
})
