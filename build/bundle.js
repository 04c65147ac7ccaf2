// Makes dist-bundle/, which bin/run.js runs: gt and the plugins that come with it, in few files. See README.md.
import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'rolldown'
import {writeHooks} from './bake-plugins.js'
import {FIRST, openBuild, optional} from './files.js'
import {inParts} from './parts.js'
import {writeServed} from './served.js'

const top = fileURLToPath(new URL('../', import.meta.url))
const output = join(top, 'dist-bundle')

/** Node's own modules, and packages that are installed beside gt. */
const external = [/^node:/, '@lydell/node-pty', ...optional]

rmSync(output, {recursive: true, force: true})
const {programs, plugins, served, files, bundle} = openBuild({
  top,
  output,
  target: {
    external,
    plugins: [wrapped()],
    // It runs the npm that it finds beside its own files.
    onDisk: ['@oclif/plugin-plugins'],
  },
})
files.complete = await bundle({complete: join(top, 'dist', 'cli', 'complete.js')}, {codeSplitting: false})
files.main = await bundle({main: '\0main'}, inParts(top))
await bundle({gt: '\0gt'}, {codeSplitting: false, entryFileNames: FIRST})
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

function writeType(directory, type) {
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify({type})}\n`)
}

/** Puts around a file what gt's own loader runs it with: to do so at each start would copy it. */
function wrapped() {
  return {
    name: 'wrapped',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.fileName === FIRST) continue
        chunk.code = `(function(exports,require,module,__filename,__dirname){${chunk.code}\n})`
      }
    },
  }
}
