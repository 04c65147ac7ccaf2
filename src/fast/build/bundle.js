// Makes dist-bundle/, which bin/run.js runs: gt and the plugins that come with it, in few files. See ../README.md.
import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'rolldown'
import {findPlugins, pluginsModule, writeHooks} from './bake-plugins.js'
import {lazyImports} from './lazy-imports.js'
import {leanOclif} from './lean-oclif.js'
import {isOurs, isRare, ofHelp} from './parts.js'
import {findPrograms} from './programs.js'
import {servedModule, servedModules, writeServed} from './served.js'

const top = fileURLToPath(new URL('../../../', import.meta.url))
const output = join(top, 'dist-bundle')
/** The file that Node loads; the others are loaded by it. */
const GT = 'gt.js'
const programs = new Map()
const plugins = findPlugins(top)
const served = servedModules(top)

/** Packages that are installed beside gt: native code, and what is only there if the user has it. */
const external = [/^node:/, '@lydell/node-pty', 'typescript', 'pnpapi']

/** Each further file costs a start half a millisecond, and so does each 100 KB that it does not need. */
const groups = [
  {name: 'each-start', test: (id) => isOurs(id) && !isRare(id.replace(top, '')), priority: 2},
  {name: 'rest', test: isOurs, priority: 1},
  {name: 'help', test: ofHelp, priority: 1},
  {name: (id) => packageOf(id), debugName: 'packages', test: /node_modules/},
]

rmSync(output, {recursive: true, force: true})
/** What the first file knows of the others. */
const files = {commands: commandsOf(plugins)}
files.complete = await bundle({complete: join(top, 'dist', 'cli', 'complete.js')}, {codeSplitting: false})
files.main = await bundle(
  {main: '\0main'},
  {
    // A module runs when something first needs it, in whichever file it ended up.
    strictExecutionOrder: true,
    codeSplitting: {groups, includeDependenciesRecursively: false},
  },
)
await bundle({gt: '\0gt'}, {codeSplitting: false, entryFileNames: GT})
writeType(output, 'commonjs')
await build({
  input: Object.fromEntries(programs),
  platform: 'node',
  external: [...external, /^@xterm\//],
  output: {dir: join(output, 'programs'), format: 'esm'},
})
writeType(join(output, 'programs'), 'module')
writeHooks(plugins, output)
await writeServed(served, join(output, 'served'))

/** Returns the name of the file that it begins with. */
async function bundle(input, outputOptions) {
  const {output: files} = await build({
    input,
    platform: 'node',
    external,
    preserveEntrySignatures: 'allow-extension',
    plugins: [
      generatedModules(),
      findPrograms({top, output, programs}),
      leanOclif(),
      lazyImports(),
      asciiOnly(),
      wrapped(),
    ],
    // Its modules check oclif's own Node version, which the launcher has done.
    transform: {define: {'process.env.OCLIF_DISABLE_ENGINE_WARNING': '"1"'}},
    // The project loads on demand what may be split off; what is left together is meant to be.
    checks: {ineffectiveDynamicImport: false},
    output: {
      dir: output,
      format: 'cjs',
      // By their names the kept compiled files are found.
      entryFileNames: '[name]-[hash].js',
      chunkFileNames: '[name]-[hash].js',
      minify: true,
      ...outputOptions,
    },
  })
  return `./${files.find(({isEntry}) => isEntry).fileName}`
}

function generatedModules() {
  const dist = (file) => JSON.stringify(join(top, 'dist', file))
  const sources = {
    '\0gt': `
      import {start} from ${dist('fast/start.js')}
      export const run = (launcher) => start(launcher, ${JSON.stringify(files)}, require)`,
    '\0main': `
      import {main} from ${dist('cli/main.js')}
      export const run = (launcher, argv, compiled) => main(argv, launcher, async () => {
        const {installSeam} = await import(${dist('fast/seam.js')})
        const {plugins} = await import('gt:plugins')
        installSeam({launcher, plugins, served: () => import('gt:served'), compiled})
      })`,
    'gt:plugins': pluginsModule(plugins),
    'gt:served': servedModule(top, served),
  }
  return {
    name: 'generated-modules',
    resolveId: (id) => (id in sources ? id : undefined),
    load: (id) => sources[id],
  }
}

/** Each as its words. */
function commandsOf(known) {
  return known.flatMap(({manifest}) => Object.keys(manifest.commands)).map((id) => id.replaceAll(':', ' '))
}

/** Of a file with one other character V8 keeps every character in two bytes, and takes twice as long to read it. */
function asciiOnly() {
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return {
    name: 'ascii-only',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escaped)
    },
  }
}

/** As gt's own loader runs a file: to put this around it at each start would copy it. */
function wrapped() {
  return {
    name: 'wrapped',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.fileName === GT) continue
        chunk.code = `(function(exports,require,module,__filename,__dirname){${chunk.code}\n})`
      }
    },
  }
}

function packageOf(id) {
  const [, name = 'package'] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id) ?? []
  return name.replace(/[@\\/]/g, '-')
}

function writeType(directory, type) {
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify({type})}\n`)
}
