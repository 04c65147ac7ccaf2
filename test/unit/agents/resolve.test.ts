import type {AgentSettings} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {resolveAgent} from '../../../src/agents/resolve.js'

function file(name: string, more: Partial<AgentSettings> = {}): AgentSettings {
  return {file: name, agents: {}, roleAgents: {}, ...more}
}

const custom = {command: '/bin/custom'}

describe('the choice of an agent', () => {
  test('claude when nothing is configured', async () => {
    expect((await resolveAgent({role: 'witness', settings: []})).name).toBe('claude')
  })

  test('the first hit wins: rig role, town role, rig default, town default', async () => {
    const rig = file('rig', {roleAgents: {witness: 'gemini'}, defaultAgent: 'amp'})
    const town = file('town', {roleAgents: {witness: 'codex'}, defaultAgent: 'cursor'})
    const chosen = async (...settings: AgentSettings[]) =>
      (await resolveAgent({role: 'witness', settings})).name
    expect(await chosen(rig, town)).toBe('gemini')
    expect(await chosen({...rig, roleAgents: {}}, town)).toBe('codex')
    expect(await chosen({...rig, roleAgents: {}}, {...town, roleAgents: {}})).toBe('amp')
    expect(await chosen(file('rig'), {...town, roleAgents: {}})).toBe('cursor')
  })

  test('the requested agent overrides everything', async () => {
    const settings = [file('rig', {roleAgents: {witness: 'gemini'}})]
    expect((await resolveAgent({role: 'witness', requested: 'codex', settings})).name).toBe('codex')
  })

  test('an unknown role agent is a warning, and the next one is used', async () => {
    const settings = [
      file('rig', {roleAgents: {witness: 'nope'}}),
      file('town', {roleAgents: {witness: 'codex'}, defaultAgent: 'amp'}),
    ]
    const {name, warnings} = await resolveAgent({role: 'witness', settings})
    expect(name).toBe('codex')
    expect(warnings).toEqual([
      'role_agents[witness]=nope - agent "nope" not found in config or built-in presets, falling back to default',
    ])
  })

  test('an unknown requested agent is an error with the original’s text', async () => {
    await expect(resolveAgent({role: 'witness', requested: 'nope', settings: []})).rejects.toThrow(
      "building startup command: agent 'nope' not found",
    )
  })

  test('an unknown default agent is an error that names its file', async () => {
    const settings = [file('/t/settings/config.json', {defaultAgent: 'typo'})]
    await expect(resolveAgent({role: 'witness', settings})).rejects.toThrow(
      /'typo' not found.*\/t\/settings\/config\.json/,
    )
  })

  test.each(['constructor', '__proto__'])('a role %s has no agent of its own', async (role) => {
    expect(await resolveAgent({role, settings: [file('f')]})).toMatchObject({name: 'claude', warnings: []})
  })

  test("another name does not start the role's built-in agent", async () => {
    const builtIn = {name: 'patrol', command: ['witness', 'patrol'], readyPromptPrefix: 'patrol '} as const
    const settings = [file('rig', {roleAgents: {witness: 'nope'}})]
    const {name, warnings} = await resolveAgent({role: 'witness', settings, builtIn})
    expect({name, warnings: warnings.length}).toEqual({name: 'claude', warnings: 1})
  })

  test.each(['constructor', '__proto__', 'toString'])('%s is not an agent', async (name) => {
    const query = {role: 'witness', requested: name, settings: [file('f')]}
    await expect(resolveAgent(query)).rejects.toThrow('not found')
  })
})

describe('an agent’s entry in the settings', () => {
  const preset = async (entry: AgentSettings['agents'][string], name = 'mine') => {
    const settings = [file('f', {agents: {[name]: entry}})]
    return (await resolveAgent({role: 'witness', requested: name, settings})).preset
  }

  test('it is merged over the preset of its name, field by field', async () => {
    expect(await preset({args: ['--careful']}, 'claude')).toMatchObject({
      command: 'claude',
      args: ['--careful'],
      readyPromptPrefix: '❯ ',
    })
  })

  test('a new name has no arguments, takes the prompt as an argument, and its process has its program’s name', async () => {
    expect(await preset(custom)).toEqual({
      command: '/bin/custom',
      args: [],
      processNames: ['custom'],
      promptMode: 'arg',
      env: {},
    })
  })

  test('the most specific file wins as a whole', async () => {
    const settings = [
      file('rig', {agents: {mine: custom}}),
      file('town', {agents: {mine: {command: 'x', args: ['y']}}}),
    ]
    const chosen = await resolveAgent({role: 'witness', requested: 'mine', settings})
    expect(chosen.preset.args).toEqual([])
  })

  test('without a command it is an error that names the file', async () => {
    await expect(preset({args: []})).rejects.toThrow("agent 'mine' has no command")
  })
})
