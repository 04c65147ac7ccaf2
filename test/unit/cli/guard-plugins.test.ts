import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Config, Interfaces} from '@oclif/core'
import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {guardPlugins, hookFailures} from '../../../src/cli/guard-plugins.js'
import {openStream} from '../../../src/cli/streams.js'
import {sandbox} from '../../support/sandbox.js'

const written = {stdout: '', stderr: ''}

beforeEach(() => {
  openStream('stdout')
  for (const name of ['stdout', 'stderr'] as const) {
    written[name] = ''
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += text
      return true
    })
  }
})
afterEach(() => vi.restoreAllMocks())

interface Fake {
  load?: () => Promise<void>
  /** What oclif would do for an event; `limit` is the time that it would wait for each plugin. */
  run?: (limit: number | undefined) => Promise<Interfaces.Hook.Result<unknown>>
  plugins?: readonly Partial<Interfaces.Plugin>[]
}

const never = () => new Promise<never>(() => {})
const nothing: Interfaces.Hook.Result<unknown> = {successes: [], failures: []}

/** A guarded config, whose plugins may take 50 ms for a hook and 100 ms to be read. */
function guarded({load = async () => {}, run = async () => nothing, plugins = []}: Fake) {
  class FakeConfig {
    load = undefined as unknown
    getPluginsList = () => plugins
  }
  delete (FakeConfig.prototype as {load?: unknown}).load
  Object.assign(FakeConfig.prototype, {
    load,
    runHook: (_: string, __: object, limit?: number) => run(limit),
  })
  guardPlugins(FakeConfig as unknown as {prototype: Config}, {hookMs: 50, graceMs: 50, loadMs: 100})
  const config = new FakeConfig() as unknown as Config
  return {
    load: () => (FakeConfig.prototype as unknown as Config).load.call(config),
    hook: (event: string, limit?: number) => config.runHook(event as never, {} as never, limit),
  }
}

const failed = (message: string) => async () =>
  ({successes: [], failures: [{plugin: {name: 'loud'}, error: new Error(message)}]}) as never

const prints = async () => {
  process.stdout.write('noise')
  return nothing
}

test('what plugins print while they are loaded or asked goes to stderr', async () => {
  const {load, hook} = guarded({load: async () => void (await prints()), run: prints})
  await load()
  await hook('init')
  await hook('gt:backends', 1000)
  await hook('command_not_found')
  expect(written).toEqual({stdout: '', stderr: 'noise'.repeat(4)})
  process.stdout.write('mine')
  expect(written.stdout).toBe('mine')
})

test('plugins that are never loaded to their end: an error that names none, and says what to do', async () => {
  await expect(guarded({load: never}).load()).rejects.toMatchObject({
    code: 'PLUGIN_HANGS',
    hint: expect.stringContaining('gt plugins uninstall'),
  })
})

test.each(['init', 'prerun', 'postrun', 'finally'])(
  '%s has a limit, although oclif gives it none',
  async (event) => {
    const limits: unknown[] = []
    const {hook} = guarded({
      run: async (limit) => {
        limits.push(limit)
        return nothing
      },
    })
    await hook(event)
    expect(limits).toEqual([50])
  },
)

test('a hook that hangs, whatever oclif does, is given up', async () => {
  const {hook} = guarded({run: never})
  await expect(hook('init')).rejects.toMatchObject({code: 'PLUGIN_HANGS'})
  await expect(hook('gt:backends', 20)).rejects.toMatchObject({code: 'PLUGIN_HANGS'})
})

test('what fails around a command is warned of in one line, and told to the doctor; what offers fail is not', async () => {
  const {hook} = guarded({run: failed('no init\nat some.js:1')})
  await hook('gt:backends', 1000)
  expect(written.stderr).toBe('')
  await hook('init')
  expect(written.stderr).toBe('warning: plugin loud failed in init: no init\n')
  expect(hookFailures()).toContainEqual({name: 'loud', reason: 'failed in init: no init'})
})

test('a hook whose file is never read to its end: its plugin is named, and it is not waited for again', async () => {
  const root = join(sandbox().dir, 'stuck')
  mkdirSync(root)
  writeFileSync(join(root, 'package.json'), '{"name":"stuck","type":"module"}')
  writeFileSync(join(root, 'hook.js'), 'await new Promise(() => {})')
  writeFileSync(join(root, 'throws.js'), 'throw new Error("oclif tells of it")')
  const plugin = (name: string, file: string, type = 'link') =>
    ({
      name,
      type,
      root,
      moduleType: 'module',
      hooks: {'gt:roles': [{target: file, identifier: 'default'}]},
    }) as unknown as Interfaces.Plugin
  const plugins = [plugin('stuck', './hook.js'), plugin('throws', './throws.js')]
  const {hook} = guarded({plugins})
  const {failures} = await hook('gt:roles', 1000)
  expect(failures.map(({plugin: {name}}) => name)).toEqual(['stuck'])
  expect(plugins.map(({hooks}) => hooks['gt:roles']?.length)).toEqual([0, 1])
  expect((await hook('gt:roles', 1000)).failures).toEqual([])
})
