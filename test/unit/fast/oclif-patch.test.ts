// What gt's build knows takes the place of what oclif finds. These tests fail where a new oclif looks elsewhere.
import {join} from 'node:path'
import {Command, Config, type Interfaces, Plugin} from '@oclif/core'
import {beforeAll, expect, test} from 'vitest'
import {type BakedPlugin, patchOclif} from '../../../src/fast/oclif-patch.js'

let configOfCommand: unknown

class Greet extends Command {
  override async run(): Promise<string> {
    await this.parse()
    configOfCommand = this.config
    return 'greeted'
  }
}

const pjson = (name: string, oclif: object) =>
  ({
    name,
    version: '1.0.0',
    type: 'module',
    dependencies: {'baked-child': '1'},
    oclif,
  }) as unknown as Interfaces.PJSON

function bake(name: string, oclif: object, modules: Record<string, unknown>, commands = {}): BakedPlugin {
  const loaders = Object.entries(modules).map(([file, module]) => [file, async () => module as never])
  return {
    package: pjson(name, oclif),
    manifest: {version: '1.0.0', commands},
    onDisk: false,
    modules: Object.fromEntries(loaders),
  }
}

const greet = {id: 'greet', args: {}, flags: {}, aliases: [], hiddenAliases: [], isESM: true}

beforeAll(() => {
  const root = bake(
    'baked-root',
    {plugins: ['baked-child'], hooks: {ask: './hooks/ask.js'}},
    {
      'hooks/ask.js': {default: async () => 'from the root'},
    },
  )
  const child = bake(
    'baked-child',
    {commands: './commands', hooks: {ask: './hooks/ask.js', tell: './hooks/tell.js'}},
    {
      'commands/greet.js': {default: Greet},
      'hooks/ask.js': {default: async () => 'from the child'},
      'hooks/tell.js': {default: async () => 'told by the child'},
    },
    {greet: {...greet, relativePath: ['commands', 'greet.js']}},
  )
  patchOclif({
    launcher: '/nowhere/bin/run.js',
    plugins: [root, child],
    served: async () => ({modules: {}, versions: {}}),
  })
})

const load = () => Config.load({root: '/nowhere', userPlugins: false, devPlugins: false})

test('the baked plugins are known, with nothing on disk', async () => {
  const config = await load()
  expect([...config.plugins.keys()]).toEqual(['baked-root', 'baked-child'])
  expect(config.root).toBe('/nowhere')
  expect(config.commandIDs).toEqual(['greet'])
})

test('a hook of a baked plugin runs, and its answer names the plugin', async () => {
  const {successes, failures} = await (await load()).runHook('ask' as 'init', {} as never)
  expect(failures).toEqual([])
  // They answer in the order in which they are done.
  expect(Object.fromEntries(successes.map(({plugin, result}) => [plugin.name, result]))).toEqual({
    'baked-root': 'from the root',
    'baked-child': 'from the child',
  })
})

test('a hook that only one plugin declares runs, and of one that none declares nothing is asked', async () => {
  const config = await load()
  const told = await config.runHook('tell' as 'init', {} as never)
  expect(told.successes.map(({result}) => result)).toEqual(['told by the child'])
  expect(await config.runHook('sing' as 'init', {} as never)).toEqual({successes: [], failures: []})
})

test('a command of a baked plugin runs with the config that found it', async () => {
  const config = await load()
  await expect(config.runCommand('greet', [])).resolves.toBe('greeted')
  expect(configOfCommand).toBe(config)
})

test('a baked plugin has every field that oclif fills in', async () => {
  const onDisk = new Plugin({root: process.cwd(), name: '@gtown/plugin-rigs', type: 'core'})
  await onDisk.load()
  const baked = (await load()).plugins.get('baked-child')
  const filled = (plugin: object | undefined) =>
    Object.entries(plugin ?? {})
      .filter(([name, value]) => value !== undefined && name !== 'commandsDir')
      .map(([name, value]) => `${name}: ${typeof value}`)
      .sort()
  expect(filled(baked)).toEqual(filled(onDisk))
})

test('another root, which a command may look at, is read from disk', async () => {
  const config = await Config.load({root: join(process.cwd(), 'packages', 'plugin-rigs'), userPlugins: false})
  expect(config.name).toBe('@gtown/plugin-rigs')
})
