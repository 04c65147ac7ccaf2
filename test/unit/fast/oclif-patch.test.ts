// What gt's build knows takes the place of what oclif finds. Each test here is an assumption about the running oclif: a
// new one that breaks it fails the test that names it. Those about its source stand in ../build/oclif-patch.test.ts.
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
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

test('assumes that oclif asks Plugin.load what a plugin is: the baked ones need nothing on disk', async () => {
  const config = await load()
  expect([...config.plugins.keys()]).toEqual(['baked-root', 'baked-child'])
  expect(config.root).toBe('/nowhere')
  expect(config.commandIDs).toEqual(['greet'])
})

test('assumes that oclif loads a hook by ModuleLoader.loadWithData: its answer names the plugin', async () => {
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

test('assumes that oclif loads a command by ModuleLoader.loadWithDataFromManifest', async () => {
  await expect((await load()).runCommand('greet', [])).resolves.toBe('greeted')
})

test('assumes that oclif makes the config of a command by Config.load: it is the one that found it', async () => {
  const config = await load()
  await config.runCommand('greet', [])
  expect(configOfCommand).toBe(config)
})

test('assumes that Plugin.load fills in these fields and no other', async () => {
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

test('assumes that oclif tells a plugin its root: another one, which a command may look at, is read from disk', async () => {
  const config = await Config.load({root: join(process.cwd(), 'packages', 'plugin-rigs'), userPlugins: false})
  expect(config.name).toBe('@gtown/plugin-rigs')
})

test('another copy of oclif, whose hooks are files, is led back to the baked hooks', async () => {
  const file = '/nowhere/hooks/ask.js'
  const lead = (globalThis as {[key: symbol]: unknown})[Symbol.for('gt.hooks')]
  await expect((lead as (file: string, options: object) => unknown)(file, {})).resolves.toBe('from the root')
})

test('assumes that oclif compiles linked plugins only where settings.enableAutoTranspile is not false', () => {
  const library = dirname(createRequire(import.meta.url).resolve('@oclif/core'))
  const source = readFileSync(join(library, 'config', 'ts-path.js'), 'utf8')
  expect(source).toMatch(/const enableAutoTranspile = settings_1\.settings\.enableAutoTranspile\b/)
  expect(source).toMatch(/if \(enableAutoTranspile === false\) \{\n.*\n\s*return orig;/)
})
