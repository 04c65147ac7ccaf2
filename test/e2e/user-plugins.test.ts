// Plugins of the user, on disk and without any dependency installed: gt gives them its own oclif and sdk.
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {gt, inExecutable} from '../support/cli.js'
import {closeSandbox, openSandbox, type Sandbox} from '../support/sandbox.js'

let box: Sandbox

beforeAll(() => {
  box = openSandbox()
})

afterAll(() => closeSandbox(box))

const esm = `
import {Command} from '@oclif/core'
import {hostOf} from '@gtown/sdk'
export default class Hello extends Command {
  static enableJsonFlag = true
  async run() {
    const host = await hostOf(this.config)
    const again = await import('@oclif/core')
    const result = {cwd: host.place().cwd, isOurs: again.Command === Object.getPrototypeOf(Hello)}
    this.log(JSON.stringify(result))
    return result
  }
}
`

const commonJs = `
const {Command} = require('@oclif/core')
const {GtCommand} = require('@gtown/sdk/commands')
exports.default = class Hello extends GtCommand {
  async run() {
    await this.parse()
    return {isOurs: GtCommand.prototype instanceof Command}
  }
}
`

interface PluginOptions {
  type: 'module' | 'commonjs'
  command: string
  dependencies?: Record<string, string>
}

function linkPlugin(name: string, {type, command, dependencies = {}}: PluginOptions): void {
  const root = join(box.dir, name)
  mkdirSync(join(root, 'commands'), {recursive: true})
  const oclif = {commands: './commands', hooks: {'gt:backends': './backends.cjs'}}
  writeJson(join(root, 'package.json'), {name, version: '1.0.0', type, oclif, dependencies})
  writeFileSync(join(root, 'commands', 'hello.js'), command)
  writeFileSync(
    join(root, 'backends.cjs'),
    `module.exports = async () => [{name: '${name}', priority: 1, available: async () => ({available: false, reason: 'none', hint: 'none'}), load: async () => ({})}]`,
  )
  const data = join(box.env.HOME ?? '', '.local', 'share', 'gtown')
  mkdirSync(data, {recursive: true})
  writeJson(join(data, 'package.json'), {oclif: {schema: 1, plugins: [{type: 'link', name, root}]}})
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value))
}

const run = (...args: string[]) => gt(args, {cwd: box.dir, env: box.env})

test('a linked ESM plugin runs on the oclif and the sdk of gt', async () => {
  linkPlugin('gt-plugin-esm', {type: 'module', command: esm})
  const {code, stdout, stderr} = await run('hello', '--json')
  expect({code, stderr}).toEqual({code: 0, stderr: ''})
  expect(JSON.parse(stdout)).toEqual({cwd: box.dir, isOurs: true})
})

test.skipIf(inExecutable)('what a plugin compiles is kept apart from that of gt', async () => {
  linkPlugin('gt-plugin-esm', {type: 'module', command: esm})
  const env = {...box.env, XDG_CACHE_HOME: join(box.dir, 'cache')}
  for (const word of ['--version', 'hello']) await gt([word], {cwd: box.dir, env})
  const kept = readdirSync(join(box.dir, 'cache', 'gtown', 'compiled'))
  const tasks = new Set(kept.map((name) => name.split('.')[2]))
  expect([...tasks]).toEqual(expect.arrayContaining(['other', 'plugin-hello']))
})

test('a linked CommonJS plugin runs on the oclif and the sdk of gt', async () => {
  linkPlugin('gt-plugin-cjs', {type: 'commonjs', command: commonJs})
  const {code, stdout, stderr} = await run('hello', '--json')
  expect({code, stderr}).toEqual({code: 0, stderr: ''})
  expect(JSON.parse(stdout)).toEqual({isOurs: true})
})

test('the help of gt names the commands of a linked plugin, and a hook of its own is asked', async () => {
  linkPlugin('gt-plugin-esm', {type: 'module', command: esm})
  expect((await run('--help')).stdout).toContain('hello')
  const {stderr} = await run('backend', 'conform', 'gt-plugin-esm')
  expect(stderr).toContain('gt-plugin-esm: none')
})

test('a plugin made for another sdk that brings none is refused, and says what to do', async () => {
  linkPlugin('gt-plugin-old', {type: 'module', command: esm, dependencies: {'@gtown/sdk': '^7.0.0'}})
  // Without a manifest oclif loads the command to know of it, and leaves out what it cannot load.
  const hello = {id: 'hello', args: {}, flags: {}, aliases: [], hiddenAliases: [], isESM: true}
  writeJson(join(box.dir, 'gt-plugin-old', 'oclif.manifest.json'), {
    version: '1.0.0',
    commands: {hello: {...hello, relativePath: ['commands', 'hello.js']}},
  })
  const {code, stderr} = await run('hello')
  expect(code).toBe(1)
  expect(stderr).toContain('plugin gt-plugin-old is made for @gtown/sdk ^7.0.0')
})
