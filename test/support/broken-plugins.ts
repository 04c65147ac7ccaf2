// Plugins that are broken in all the ways that we could think of. Measurements load this file too, as it is, so it imports
// nothing of the tests.
import {mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

export interface PluginFiles {
  /** Event → source of the module that hooks it. */
  hooks?: Record<string, string>
  /** Id → source of its module. There is no manifest, so that oclif must read it. */
  commands?: Record<string, string>
  /** More keys of its package.json. */
  description?: Record<string, unknown>
  /** Whether it brings its own copy of oclif. */
  hasOwnCore?: boolean
  /** Whether it is listed as installed, but is missing. */
  isGone?: boolean
}

export interface BrokenPlugin {
  name: string
  files: PluginFiles
  /** What `gt doctor` says about it. If absent, the doctor does not fail. */
  says?: RegExp
  /** The error of commands that run sessions, because its backend has the highest priority. */
  fails?: RegExp
  /** The only line on stderr of every command that does not need it. If absent, there is none. */
  warns?: RegExp
}

const CORE = fileURLToPath(new URL('../../node_modules/@oclif/core', import.meta.url))

/** Makes a plugin and lists it as `gt plugins link` would; returns its folder. */
export function linkPlugin(
  {dir, home}: {dir: string; home: string},
  name: string,
  {hooks = {}, commands = {}, description = {}, hasOwnCore = false, isGone = false}: PluginFiles,
): string {
  const root = join(dir, name)
  mkdirSync(join(root, 'commands'), {recursive: true})
  const hookFiles = Object.entries(hooks).map(([event, text], index) => {
    writeFileSync(join(root, `hook${index}.js`), text)
    return [event, `./hook${index}.js`]
  })
  for (const [id, text] of Object.entries(commands)) writeFileSync(join(root, 'commands', `${id}.js`), text)
  const oclif = {commands: './commands', hooks: Object.fromEntries(hookFiles)}
  writeJson(join(root, 'package.json'), {name, version: '1.0.0', type: 'module', oclif, ...description})
  if (hasOwnCore) {
    mkdirSync(join(root, 'node_modules/@oclif'), {recursive: true})
    symlinkSync(CORE, join(root, 'node_modules/@oclif/core'))
  }
  const data = join(home, '.local/share/gtown')
  mkdirSync(data, {recursive: true})
  writeJson(join(data, 'package.json'), {oclif: {schema: 1, plugins: [{type: 'link', name, root}]}})
  if (isGone) rmSync(root, {recursive: true})
  return root
}

/** A command that prints text or JSON. */
export const HELLO = `
import {Command} from '@oclif/core'
export default class Hello extends Command {
  static enableJsonFlag = true
  async run() {
    this.log('hello')
    return {hello: true}
  }
}
`

const PRINTS = `console.log('noise on stdout'); process.stdout.write('more noise\\n')`

/** A backend with the highest priority that works, except for the given method. */
const backend = (broken: string) => `export default () => [{
  name: 'broken', priority: 1000, available: async () => ({available: true}), load: async () => ({}), ${broken}
}]`

export const brokenPlugins: readonly BrokenPlugin[] = [
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
    name: 'stuck',
    files: {hooks: {'gt:backends': 'await new Promise(() => {})'}},
    says: /^plugin stuck failed in gt:backends: Timed out/,
  },
  {
    name: 'nonsense',
    files: {hooks: {'gt:backends': 'export default () => 42'}},
    says: /^plugin nonsense answered gt:backends with an invalid value/,
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
    name: 'available-throws',
    files: {hooks: {'gt:backends': backend(`available() { throw new Error('no idea') }`)}},
  },
  {
    name: 'available-hangs',
    files: {hooks: {'gt:backends': backend('available: () => new Promise(() => {})')}},
  },
  {
    name: 'available-nonsense',
    files: {hooks: {'gt:backends': backend('available: async () => undefined')}},
  },
  {
    name: 'load-throws',
    files: {hooks: {'gt:backends': backend(`load() { throw new Error('no module') }`)}},
    fails: /^plugin load-throws cannot load the session backend 'broken': no module$/,
  },
  {
    name: 'load-hangs',
    files: {hooks: {'gt:backends': backend('load: () => new Promise(() => {})')}},
    fails: /^plugin load-hangs cannot load the session backend 'broken': no answer within 10 s$/,
  },
  {
    name: 'load-nonsense',
    files: {hooks: {'gt:backends': backend('load: async () => 42')}},
    fails:
      /^plugin load-nonsense cannot load the session backend 'broken': it did not load a session backend$/,
  },
  {
    name: 'rigs-throws',
    files: {hooks: {'gt:rigs': `export default () => { throw new Error('no disk') }`}},
    says: /^plugin rigs-throws failed in gt:rigs: no disk$/,
  },
  {
    name: 'roles-nonsense',
    files: {hooks: {'gt:roles': 'export default () => [{name: 7}]'}},
    says: /^plugin roles-nonsense answered gt:roles with an invalid value/,
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
    // Node's message, or the executable's.
    warns: /^warning: plugin faulty-command: (Unexpected identifier 'is'|\d errors building ".+")$/,
  },
  {
    name: 'twin',
    files: {commands: {peek: 'export default class { static run() {} }'}},
    says: /^plugin (twin|@gtown\/gt) has the command 'peek', which (twin|@gtown\/gt) has, too$/,
  },
  {
    name: 'other-sdk',
    files: {
      hooks: {'gt:backends': `import '@gtown/sdk'; export default () => []`},
      description: {peerDependencies: {'@gtown/sdk': '^9.0.0'}},
    },
    says: /^plugin other-sdk failed in gt:backends: plugin other-sdk is made for @gtown\/sdk \^9/,
  },
  {
    name: 'other-core',
    files: {commands: {hello: HELLO}, description: {dependencies: {'@oclif/core': '^4.0.0'}}},
    says: /^plugin other-core has a command 'hello' that cannot be read$/,
    warns:
      /^warning: plugin other-core: plugin other-core is made for @oclif\/core \^4\.0\.0, and this gt has/,
  },
  {
    // gt does not check its own copy against such a range.
    name: 'two-cores',
    files: {
      commands: {hello: HELLO},
      description: {dependencies: {'@oclif/core': '>=5 <7'}},
      hasOwnCore: true,
    },
  },
  {
    name: 'gone',
    files: {isGone: true},
    says: /^plugin gone cannot be loaded: /,
    warns: /^warning: .*gone/,
  },
]

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value, null, 2))
}
