// An oclif app as oclif's generator makes it, with one command that asks tmux, as `gt witness status --json` does.
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Plugin} from '@oclif/core'

const command = `
import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {Args, Command} from '@oclif/core'
export default class Status extends Command {
  static args = {rig: Args.string({required: true})}
  static enableJsonFlag = true
  async run() {
    const {args} = await this.parse(Status)
    const {stdout} = await promisify(execFile)('tmux', ['-L', 'default', 'list-sessions'])
    return {running: stdout.includes(args.rig)}
  }
}
`

/** The same command from a plugin, with what gt offers to plugins. */
const linked = `
import {hostOf} from '@gtown/sdk'
import {GtCommand} from '@gtown/sdk/commands'
import {Args} from '@oclif/core'
export default class Linked extends GtCommand {
  static args = {rig: Args.string({required: true})}
  async run() {
    const {args} = await this.parse(Linked)
    const host = await hostOf(this.config)
    const witness = (await host.roles()).find(({name}) => name === 'witness')
    const {liveness} = await host.sessions.status(witness, await host.find(args.rig))
    return {running: liveness === 'alive'}
  }
}
`

/** Writes the app and its manifest; returns its launcher. */
export async function makeStockApp(directory) {
  mkdirSync(join(directory, 'bin'), {recursive: true})
  mkdirSync(join(directory, 'dist', 'commands', 'witness'), {recursive: true})
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(directory, 'node_modules'))
  const oclif = {
    bin: 'stock',
    commands: './dist/commands',
    plugins: ['@oclif/plugin-help'],
    topicSeparator: ' ',
  }
  const dependencies = {'@oclif/core': '*', '@oclif/plugin-help': '*'}
  writeJson(join(directory, 'package.json'), {
    name: 'stock',
    version: '1.0.0',
    type: 'module',
    oclif,
    dependencies,
  })
  writeFileSync(join(directory, 'dist', 'commands', 'witness', 'status.js'), command)
  const launcher = join(directory, 'bin', 'run.js')
  writeFileSync(launcher, `import {execute} from '@oclif/core'\nawait execute({dir: import.meta.url})\n`)
  const plugin = new Plugin({root: directory, ignoreManifest: true, type: 'core'})
  await plugin.load()
  writeJson(join(directory, 'oclif.manifest.json'), plugin.manifest)
  return launcher
}

/** Links a user's plugin into a data directory of its own; returns that directory. */
export function linkPlugin(directory) {
  const root = join(directory, 'plugin')
  mkdirSync(join(root, 'commands'), {recursive: true})
  writeJson(join(root, 'package.json'), {
    name: 'gt-plugin-bench',
    version: '1.0.0',
    type: 'module',
    oclif: {commands: './commands'},
  })
  writeFileSync(join(root, 'commands', 'linked.js'), linked)
  const args = {rig: {name: 'rig', required: true}}
  const known = {id: 'linked', args, flags: {}, aliases: [], hiddenAliases: [], enableJsonFlag: true}
  writeJson(join(root, 'oclif.manifest.json'), {
    version: '1.0.0',
    commands: {linked: {...known, isESM: true, relativePath: ['commands', 'linked.js']}},
  })
  mkdirSync(join(directory, 'gtown'), {recursive: true})
  const entry = {type: 'link', name: 'gt-plugin-bench', root}
  writeJson(join(directory, 'gtown', 'package.json'), {oclif: {schema: 1, plugins: [entry]}})
  return directory
}

function writeJson(file, value) {
  writeFileSync(file, JSON.stringify(value))
}
