// `gt doctor`, and every other command beside plugins that are broken in all the ways we could think of.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {brokenPlugins, linkPlugin} from '../support/broken-plugins.js'
import {gt} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {makeTown, useAgents, writeJson} from '../support/town.js'

interface Check {
  check: string
  status: 'ok' | 'warn' | 'fail'
  message: string
  cure: string | null
}

function world(atEnd?: (work: () => void) => void) {
  const box = sandbox(atEnd)
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
  expect(stdout).toMatch(/\n\n\d+ ok, 0 warnings, 0 errors\n$/)
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

// Many of them hang until gt gives them up: they do so beside each other.
test.concurrent.for(brokenPlugins)(
  'a plugin that $name: other commands work, JSON stays JSON, and the doctor names it',
  async ({name, files, says, fails, warns}, {expect, onTestFinished}) => {
    const {box, run, doctor} = world(onTestFinished)
    linkPlugin({dir: box.dir, home: box.env.HOME ?? ''}, name, files)
    const [status, list] = [
      await run('witness', 'status', 'alpha', '--json'),
      await run('rig', 'list', '--json'),
    ]
    expect(JSON.parse(list.stdout).rigs).toHaveLength(2)
    expect(list.code).toBe(0)
    expect(JSON.parse(status.stdout)).toMatchObject(
      fails ? {error: {message: expect.stringMatching(fails)}} : {running: false},
    )
    expect(status.code).toBe(fails ? 1 : 0)
    const {checks, code} = await doctor()
    const failed = checks.filter((check) => check.status === 'fail').map(({message}) => message)
    const named = says ?? fails
    expect(failed).toEqual(named ? expect.arrayContaining([expect.stringMatching(named)]) : [])
    expect(code).toBe(named ? 1 : 0)
    const lines = list.stderr.split('\n').filter((line) => !/^(|.*noise on stdout|more noise)$/.test(line))
    expect(lines).toEqual(warns ? [expect.stringMatching(warns)] : [])
  },
)

test('a command whose plugin cannot be read: the error names the plugin', async () => {
  const {box, cwd, run} = world()
  linkPlugin({dir: box.dir, home: box.env.HOME ?? ''}, 'faulty', {commands: {greet: 'this is no JavaScript'}})
  const {code, stderr} = await run('greet')
  expect(code).toBe(1)
  expect(stderr.split('\n')).toEqual([
    expect.stringMatching(/^warning: plugin faulty: (Unexpected identifier 'is'|\d errors building ".+")$/),
    'Error: unknown command "greet" for "gt": plugin faulty has it, but its file cannot be read',
    `Update plugin faulty, or remove it with 'gt plugins uninstall faulty'.`,
    '',
  ])
  const {stdout} = await gt(['greet', '--json'], {cwd, env: box.env})
  expect(JSON.parse(stdout).error).toMatchObject({code: 'PLUGIN_BROKEN'})
})
