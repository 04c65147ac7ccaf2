import {existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {AgentEntry, StartOptions} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import {prepare} from '../../../src/supervisor/prepare.js'
import {acceptsDialogs} from '../../../src/supervisor/session-spec.js'
import {paperTown} from './support/paper-town.js'

const options: StartOptions = {timeoutMs: 1000}

describe('whether start-up dialogs may be answered', () => {
  const unquestioned: AgentEntry = {args: ['--yes'], autoApprove: '--yes'}

  test.each<[string, AgentEntry, boolean | undefined, boolean]>([
    ['nobody said so', {}, undefined, false],
    ['its argument is not given', {autoApprove: '--yes'}, undefined, false],
    ['it is set up to work without questions', unquestioned, undefined, true],
    ['set up so, but this start says no', unquestioned, false, false],
    ['this start says so', {}, true, true],
  ])('%s', async (_, agent, acceptDialogs, expected) => {
    const {services, ref} = paperTown(agent)
    const word = acceptDialogs === undefined ? {} : {acceptDialogs}
    const prepared = await prepare(services, agentOf(witness, ref), {...options, ...word})
    expect([prepared.acceptDialogs, acceptsDialogs(prepared.spec)]).toEqual([expected, expected])
  })
})

test.each([
  ['of unknown screens', {}, '> '],
  ['of known screens', {kind: 'claude'}, undefined],
])('an agent %s is told by its prompt: %s', async (_, agent, expected) => {
  const {services, ref} = paperTown({...agent, readyPromptPrefix: '> '})
  expect((await prepare(services, agentOf(witness, ref), options)).spec.labels.prompt).toBe(expected)
})

test('each life has an incarnation of its own', async () => {
  const {services, ref} = paperTown()
  const lives = await Promise.all([1, 2].map(() => prepare(services, agentOf(witness, ref), options)))
  const [one, two] = lives.map(({spec}) => spec.labels.incarnation)
  expect(one).toMatch(/^[0-9a-f]{16}$/)
  expect(one).not.toBe(two)
})

test('a name in the settings that no agent has is warned of', async () => {
  const {services, ref, warnings} = paperTown()
  const [settings] = await ref.rig.agentSettings()
  ref.rig.agentSettings = async () => [
    {...settings, roleAgents: {witness: 'nobody'}} as NonNullable<typeof settings>,
  ]
  await prepare(services, agentOf(witness, ref), options)
  expect(warnings).toEqual([expect.stringContaining('agent "nobody" not found')])
})

describe('the program', () => {
  test('is looked up in the PATH of this start, else of the agent, else of gt', async () => {
    const {services, ref, root} = paperTown({command: 'tool', env: {PATH: 'agent'}})
    for (const folder of ['user', 'agent', 'own']) {
      mkdirSync(join(root, folder))
      symlinkSync('/bin/cat', join(root, folder, 'tool'))
    }
    const [settings] = await ref.rig.agentSettings()
    const inAgent = {...settings?.agents.mine, env: {PATH: join(root, 'agent')}}
    ref.rig.agentSettings = async () => [
      {...settings, agents: {mine: inAgent}} as NonNullable<typeof settings>,
    ]
    services.env = {PATH: join(root, 'own')}
    const program = async (env: Record<string, string>) =>
      (await prepare(services, agentOf(witness, ref), {...options, env})).spec.command[0]
    expect(await program({PATH: join(root, 'user')})).toBe(join(root, 'user/tool'))
    expect(await program({})).toBe(join(root, 'agent/tool'))
    inAgent.env = {} as never
    expect(await program({})).toBe(join(root, 'own/tool'))
  })
})

describe('the directory to work in', () => {
  test('the first that is one; a file is none', async () => {
    const {services, ref} = paperTown()
    const place = ref.rig.path
    const cwd = async () => (await prepare(services, agentOf(witness, ref), options)).spec.cwd
    expect(await cwd()).toBe(join(place, 'witness'))
    mkdirSync(join(place, 'witness/rig'))
    expect(await cwd()).toBe(join(place, 'witness/rig'))
    rmSync(join(place, 'witness'), {recursive: true})
    writeFileSync(join(place, 'witness'), '')
    expect(await cwd()).toBe(place)
  })

  test('none is made, unless the role says so, and then only in a folder that is there', async () => {
    const {services, ref} = paperTown()
    const place = ref.rig.path
    rmSync(place, {recursive: true})
    await expect(prepare(services, agentOf(witness, ref), options)).rejects.toMatchObject({
      code: 'NO_WORK_DIR',
    })
    expect(existsSync(place)).toBe(false)
    const making = {...witness, makesWorkDir: true}
    expect((await prepare(services, agentOf(making, ref), options)).spec.cwd).toBe(place)
    const far = {...making, workDirs: () => [join(place, 'a/b')]}
    await expect(prepare(services, agentOf(far, ref), options)).rejects.toMatchObject({code: 'UNWRITABLE'})
  })
})
