import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {AgentSettings} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {chooseAgent} from '../../../src/agents/choose.js'
import type {AgentQuery} from '../../../src/agents/resolve.js'
import {sandbox} from '../../support/sandbox.js'

const builtIn = {name: 'patrol', command: ['witness', 'patrol'], readyPromptPrefix: 'patrol '} as const
const file = (more: Partial<AgentSettings>): AgentSettings => ({
  file: 'f',
  agents: {},
  roleAgents: {},
  ...more,
})

/** Chooses a witness's agent on a machine with these programs. */
async function choose(query: Partial<AgentQuery>, ...installed: string[]) {
  const {dir} = sandbox()
  mkdirSync(join(dir, 'bin'))
  for (const name of installed) {
    writeFileSync(join(dir, 'bin', name), '')
    chmodSync(join(dir, 'bin', name), 0o755)
  }
  const search = {searchPath: join(dir, 'bin'), cwd: dir}
  return await chooseAgent({role: 'witness', settings: [file({})], builtIn, ...query}, search)
}

describe('a role with a built-in agent', () => {
  test('runs it when nothing is configured and no AI agent is installed', async () => {
    const {name, isFallback, preset} = await choose({}, 'ls')
    expect({name, isFallback}).toEqual({name: 'patrol', isFallback: true})
    expect(preset).toMatchObject({command: process.execPath, args: [process.argv[1], 'witness', 'patrol']})
  })

  test('does not when an AI agent is installed, even one from the settings', async () => {
    expect(await choose({}, 'gemini')).toMatchObject({name: 'claude', isFallback: false})
    const settings = [file({agents: {mine: {command: 'my-agent'}}})]
    expect(await choose({settings}, 'my-agent')).toMatchObject({name: 'claude', isFallback: false})
  })

  test.each([
    ['a default', file({defaultAgent: 'codex'}), 'codex'],
    ['an agent for this role', file({roleAgents: {witness: 'gemini'}}), 'gemini'],
    ['an agent for another role', file({roleAgents: {polecat: 'codex'}}), 'claude'],
  ])('does not where %s is configured, although nothing is installed', async (_, settings, name) => {
    expect(await choose({settings: [settings]})).toMatchObject({name, isFallback: false})
  })

  test('does not when another is requested, even if nothing is installed', async () => {
    expect(await choose({requested: 'codex'})).toMatchObject({name: 'codex', isFallback: false})
  })

  test('runs it by its name, even from settings', async () => {
    expect(await choose({requested: 'patrol'})).toMatchObject({name: 'patrol', isFallback: false})
    const settings = [file({roleAgents: {witness: 'patrol'}})]
    expect(await choose({settings}, 'claude')).toMatchObject({name: 'patrol', isFallback: false})
  })
})

test('another role does not know that agent, and has no fallback', async () => {
  expect(await choose({builtIn: undefined})).toMatchObject({name: 'claude', isFallback: false})
  await expect(choose({builtIn: undefined, requested: 'patrol'})).rejects.toThrow("agent 'patrol' not found")
})
