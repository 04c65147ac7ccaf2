import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {gasTownResolver} from '../../src/resolver.js'
import {failureOf, makeTown, placeAt, write} from '../support/town.js'

async function settingsWith(files: Record<string, string | object>) {
  const box = sandbox()
  const root = makeTown(join(box.dir, 'town'), 'alpha')
  for (const [path, content] of Object.entries(files)) write(join(root, path), content)
  const rig = await gasTownResolver.resolve({name: 'alpha', place: placeAt(box, root)})
  return {root, settings: rig.agentSettings()}
}

describe('agentSettings', () => {
  it('NoFiles: is empty', async () => {
    expect(await (await settingsWith({})).settings).toEqual([])
  })

  it('AllFiles: come the most specific first, with the contract’s keys', async () => {
    const {root, settings} = await settingsWith({
      'alpha/settings/config.json': {
        type: 'rig-settings',
        version: 1,
        agent: 'mine',
        role_agents: {witness: 'mine', mayor: ''},
        agents: {
          mine: {
            command: 'run',
            args: ['-x'],
            process_names: ['run', 'node'],
            prompt_mode: 'none',
            ready_prompt_prefix: '> ',
            ready_delay_ms: 500,
            env: {A: 'b'},
            session_id_env: 'ignored',
          },
        },
        theme: {name: 'ocean'},
        default_agent: 'a town word: ignored here',
      },
      'settings/config.json': {
        version: 1,
        default_agent: 'fake',
        agents: {fake: {command: '/bin/cat', args: null}},
      },
      'alpha/settings/agents.json': {version: 1, agents: {other: {args: []}}},
      'settings/agents.json': {agents: null},
    })
    expect(await settings).toEqual([
      {
        file: join(root, 'alpha/settings/config.json'),
        agents: {
          mine: {
            command: 'run',
            args: ['-x'],
            processNames: ['run', 'node'],
            promptMode: 'none',
            readyPromptPrefix: '> ',
            readyDelayMs: 500,
            env: {A: 'b'},
          },
        },
        roleAgents: {witness: 'mine'},
        defaultAgent: 'mine',
      },
      {
        file: join(root, 'settings/config.json'),
        agents: {fake: {command: '/bin/cat'}},
        roleAgents: {},
        defaultAgent: 'fake',
      },
      {file: join(root, 'alpha/settings/agents.json'), agents: {other: {args: []}}, roleAgents: {}},
      {file: join(root, 'settings/agents.json'), agents: {}, roleAgents: {}},
    ])
  })

  it('AbsentFields: are left out, since they would override a preset’s', async () => {
    const {settings} = await settingsWith({
      'settings/config.json': {agents: {claude: {args: ['-v'], env: null}}},
    })
    expect(Object.keys((await settings)[0]?.agents.claude ?? {})).toEqual(['args'])
  })

  it('NothingChosen: an empty name of agent or backend counts as absent', async () => {
    const {root, settings} = await settingsWith({
      'settings/config.json': {default_agent: '', session_backend: ''},
      'alpha/settings/config.json': {agent: null, session_backend: 'pty', patrol: null},
    })
    expect(await settings).toEqual([
      {file: join(root, 'alpha/settings/config.json'), agents: {}, roleAgents: {}, sessionBackend: 'pty'},
      {file: join(root, 'settings/config.json'), agents: {}, roleAgents: {}},
    ])
  })

  it('SecretInTheWrongPlace: the message names its type, not its value', async () => {
    const {settings} = await settingsWith({
      'settings/config.json': {agents: {x: {env: {KEY: true, T: 'canary'}, args: 'canary'}}},
    })
    const {message} = await failureOf(settings)
    expect(message).toMatch(/expected array, received string$/)
  })

  it.each([
    ['settings/config.json', '{', ': not valid JSON at line 1, column 2'],
    ['alpha/settings/config.json', {agent: 1}, ': agent: expected string, received number'],
    [
      'settings/agents.json',
      {agents: {x: {args: ['a', 1]}}},
      ': agents.x.args[1]: expected string, received number',
    ],
    [
      'settings/agents.json',
      {agents: {x: {args: 'a b'}}},
      ': agents.x.args: expected array, received string',
    ],
    [
      'settings/agents.json',
      {agents: {x: {env: {KEY: 1}}}},
      ': agents.x.env.KEY: expected string, received number',
    ],
    [
      'settings/agents.json',
      {agents: {x: {prompt_mode: 'tty'}}},
      ': agents.x.prompt_mode: expected "arg" or "none", received string',
    ],
    [
      'settings/agents.json',
      {agents: {x: {ready_delay_ms: -1}}},
      ': agents.x.ready_delay_ms: expected 0 or more, received number',
    ],
    ['alpha/settings/agents.json', {version: 9}, ': version 9 is newer than this gt understands (1)'],
  ])('Broken %s: names file and place', async (path, content, fault) => {
    const {root, settings} = await settingsWith({[path]: content})
    expect(await failureOf(settings)).toMatchObject({
      code: 'INVALID_FILE',
      message: `${join(root, path)}${fault}`,
    })
  })
})
