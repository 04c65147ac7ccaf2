// `gt doctor`, and every other command beside plugins that are broken in all the ways we could think of.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {type Sandbox, sandbox} from '../support/sandbox.js'
import {makeTown, useAgents, writeJson} from '../support/town.js'

interface Check {
  check: string
  status: 'ok' | 'warn' | 'fail'
  message: string
  cure: string | null
}

interface PluginFiles {
  /** Event → the text of the module that hooks it. */
  hooks?: Record<string, string>
  /** Id → the text of its module. Without a manifest, so that oclif has to read it. */
  commands?: Record<string, string>
}

function world() {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  writeJson(join(cwd, 'mayor', 'rigs.json'), {version: 1, rigs: {alpha: {}, beta: {}}})
  useAgents(cwd, {fake: {command: '/bin/cat', args: [], prompt_mode: 'none'}})
  const run = (...args: string[]) => gt(args, {cwd, env: box.env})
  const doctor = async () => {
    const {stdout, ...rest} = await run('doctor', '--json')
    return {...rest, checks: JSON.parse(stdout) as Check[]}
  }
  return {box, cwd, run, doctor}
}

/** Puts a plugin where `gt plugins link` would have noted it. */
function linkPlugin(box: Sandbox, name: string, {hooks = {}, commands = {}}: PluginFiles): string {
  const root = join(box.dir, name)
  mkdirSync(join(root, 'commands'), {recursive: true})
  const hookFiles = Object.entries(hooks).map(([event, text], index) => {
    writeFileSync(join(root, `hook${index}.js`), text)
    return [event, `./hook${index}.js`]
  })
  for (const [id, text] of Object.entries(commands)) writeFileSync(join(root, 'commands', `${id}.js`), text)
  writeJson(join(root, 'package.json'), {
    name,
    version: '1.0.0',
    type: 'module',
    oclif: {commands: './commands', hooks: Object.fromEntries(hookFiles)},
  })
  const data = join(box.env.HOME ?? '', '.local/share/gtown')
  mkdirSync(data, {recursive: true})
  writeJson(join(data, 'package.json'), {oclif: {schema: 1, plugins: [{type: 'link', name, root}]}})
  return root
}

const notOk = (checks: Check[]) => checks.filter(({status}) => status !== 'ok')

test('gt doctor in a sound town: nothing has failed, and nothing is changed', async () => {
  const {doctor, run} = world()
  const {checks, code, stderr} = await doctor()
  expect({code, stderr}).toEqual({code: 0, stderr: ''})
  expect(notOk(checks)).toEqual([])
  expect(new Set(checks.map(({check}) => check))).toEqual(
    new Set(
      'node gt workspace registry rig settings plugin tmux backend roles agent socket records nudges post-mortems locks processes'
        .split(' ')
        .concat('set aside'),
    ),
  )
  const {stdout} = await run('doctor')
  expect(stdout).toMatch(/^ok {4}backend {7}tmux is chosen: nothing names one/m)
  expect(stdout).toMatch(/\n\n\d+ ok, 0 to look at, 0 failed\n$/)
})

test('gt doctor outside of a workspace: says so as a warning, and runs the other checks', async () => {
  const {box} = world()
  const {stdout} = await gt(['doctor', '--json'], {cwd: box.dir, env: box.env})
  const checks: Check[] = JSON.parse(stdout)
  expect(checks.find(({check}) => check === 'workspace')).toMatchObject({
    status: 'warn',
    message: expect.stringContaining('not in a Gas Town workspace'),
  })
  expect(checks.some(({check}) => check === 'tmux')).toBe(true)
})

test('gt doctor with faults in the town: names each file, and exits with 1', async () => {
  const {doctor, cwd} = world()
  rmSync(join(cwd, 'beta'), {recursive: true})
  writeFileSync(join(cwd, 'alpha', 'settings', 'config.json'), '{')
  writeJson(join(cwd, 'settings', 'config.json'), {
    default_agent: 'fake',
    session_backend: 'screen',
    agents: {fake: {command: 'no-such'}},
  })
  const {checks, code} = await doctor()
  const failed = checks.filter(({status}) => status === 'fail')
  expect(code).toBe(1)
  expect(failed.map(({check, message}) => `${check}: ${message}`)).toEqual([
    expect.stringContaining(`settings: ${join(cwd, 'alpha/settings/config.json')}: not valid JSON`),
    expect.stringMatching(/^rig: .*'beta'/),
    expect.stringContaining(`backend: screen is chosen by ${join(cwd, 'settings/config.json')}`),
    expect.stringContaining(`agent: agent 'fake' is not installed`),
  ])
  expect(failed.every(({cure}) => cure)).toBe(true)
})

test('gt doctor with a registry that cannot be read: says so, and looks at no rig', async () => {
  const {doctor, cwd} = world()
  writeFileSync(join(cwd, 'mayor', 'rigs.json'), '{"rigs":')
  const {checks, code} = await doctor()
  expect(code).toBe(1)
  expect(notOk(checks)).toEqual([
    expect.objectContaining({
      check: 'registry',
      status: 'fail',
      message: expect.stringContaining('rigs.json'),
    }),
  ])
})

test('gt doctor, leftovers: files set aside, nudges past their time; none is touched', async () => {
  const {doctor, cwd} = world()
  const sessions = join(cwd, '.runtime', 'sessions')
  const nudges = join(cwd, '.runtime', 'nudges', 'gt-alpha-witness')
  for (const folder of [sessions, nudges]) mkdirSync(folder, {recursive: true})
  writeFileSync(join(sessions, 'gt-alpha-witness.json.broken-1'), '')
  writeJson(join(sessions, 'gt-alpha-witness.json'), {
    version: 1,
    backend: 'tmux',
    pid: 2 ** 22 + 1,
    pidStart: '1',
  })
  writeJson(join(nudges, '0mi8z1a2b-5f3e9c0d1a2b.json'), {version: 1, expiresAt: 1})
  const {checks, code} = await doctor()
  expect(code).toBe(0)
  expect(notOk(checks).map(({check, status}) => `${check} ${status}`)).toEqual([
    'set aside warn',
    'nudges warn',
  ])
  expect(checks.find(({check}) => check === 'records')?.message).toContain('gt-alpha-witness.json')
  expect((await doctor()).checks).toEqual(checks)
})

const PRINTS = `console.log('noise on stdout'); process.stdout.write('more noise\\n')`

const brokenPlugins: {name: string; files: PluginFiles; says: RegExp | undefined; warns?: RegExp}[] = [
  {
    name: 'throws',
    files: {hooks: {'gt:backends': `export default () => { throw new Error('no disk') }`}},
    says: /^plugin throws failed in gt:backends: no disk$/,
  },
  {
    name: 'hangs',
    files: {hooks: {'gt:backends': 'export default () => new Promise(() => {})'}},
    says: /^plugin hangs failed in gt:backends: Timed out/,
  },
  {
    name: 'nonsense',
    files: {hooks: {'gt:backends': 'export default () => 42'}},
    says: /^plugin nonsense answered gt:backends with something else/,
  },
  {
    name: 'imitates',
    files: {
      hooks: {
        'gt:backends': `export default () => [{name: 'pty', priority: 1, available: async () => ({available: true}), load() {}}]`,
      },
    },
    says: /^plugin imitates offers 'pty'/,
  },
  {
    name: 'prints',
    files: {
      hooks: {
        'gt:backends': `${PRINTS}; export default () => { ${PRINTS}; return [] }`,
        init: `export default () => { ${PRINTS} }`,
        prerun: `export default () => { ${PRINTS} }`,
        postrun: `export default () => { ${PRINTS} }`,
      },
      commands: {loud: `${PRINTS}; export default class { static run() {} }`},
    },
    says: undefined,
  },
  {
    name: 'throws-in-init',
    files: {hooks: {init: `export default () => { throw new Error('no init') }`}},
    says: /^plugin throws-in-init failed in init: no init$/,
    warns: /^warning: plugin throws-in-init failed in init: no init$/,
  },
  {
    name: 'hangs-in-init',
    files: {hooks: {init: 'export default () => new Promise(() => {})'}},
    says: /^plugin hangs-in-init failed in init: Timed out/,
    warns: /^warning: plugin hangs-in-init failed in init: Timed out/,
  },
  {
    name: 'faulty-command',
    files: {commands: {greet: 'this is no JavaScript'}},
    says: /^plugin faulty-command has a command 'greet' that cannot be read$/,
  },
]

test.each(brokenPlugins)(
  'a plugin that $name: other commands work, JSON stays JSON, and the doctor names it',
  async ({name, files, says, warns = /^$/}) => {
    const {box, run, doctor} = world()
    linkPlugin(box, name, files)
    const status = await run('witness', 'status', 'alpha', '--json')
    const list = await run('rig', 'list', '--json')
    expect({status: status.code, list: list.code}).toEqual({status: 0, list: 0})
    expect(JSON.parse(status.stdout)).toMatchObject({running: false})
    expect(JSON.parse(list.stdout).rigs).toHaveLength(2)
    const {checks, code} = await doctor()
    const failed = checks.filter((check) => check.status === 'fail')
    expect(code).toBe(says ? 1 : 0)
    expect(failed.map(({message}) => message)).toEqual(
      says ? expect.arrayContaining([expect.stringMatching(says)]) : [],
    )
    const lines = list.stderr
      .split('\n')
      .filter((line) => line !== '' && !line.endsWith('noise on stdout') && line !== 'more noise')
    expect(lines.length).toBeLessThanOrEqual(1)
    if (name !== 'faulty-command') expect(lines.join()).toMatch(warns)
  },
)

test('a linked plugin whose folder is gone: one line of warning, and the doctor names it', async () => {
  const {box, run, doctor} = world()
  rmSync(linkPlugin(box, 'gone', {}), {recursive: true})
  const {code, stderr, stdout} = await run('rig', 'list', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout).rigs).toHaveLength(2)
  expect(stderr).toMatch(/^(warning: .*\n)?$/)
  const {checks} = await doctor()
  expect(notOk(checks)).toEqual([
    expect.objectContaining({
      check: 'plugin',
      status: 'fail',
      message: expect.stringMatching(/^plugin gone cannot be loaded: /),
    }),
  ])
})

test('a plugin whose hook hangs while it is read: who needs it says so, who does not works', async () => {
  const {box, run} = world()
  linkPlugin(box, 'stuck', {hooks: {'gt:backends': 'await new Promise(() => {})'}})
  expect(await run('rig', 'list')).toMatchObject({code: 0, stderr: ''})
  const {code, stdout} = await run('witness', 'status', 'alpha', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'PLUGIN_HANGS',
    message: expect.stringContaining('gt:backends'),
  })
})

test('a plugin with a command that another has: the doctor names both', async () => {
  const {box, doctor} = world()
  linkPlugin(box, 'twin', {commands: {peek: 'export default class { static run() {} }'}})
  const {checks} = await doctor()
  expect(notOk(checks).map(({message}) => message)).toEqual([
    expect.stringMatching(/^plugin (twin|@gtown\/gt) has the command 'peek', and so has (twin|@gtown\/gt)$/),
  ])
})
