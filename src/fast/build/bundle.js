// Makes dist-bundle/, which bin/run.js runs: gt and the plugins that come with it, in few files. See ../README.md.
import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'rolldown'
import {writeHooks} from './bake-plugins.js'
import {external, FIRST, openBuild} from './files.js'
import {inParts} from './parts.js'
import {writeServed} from './served.js'

const top = fileURLToPath(new URL('../../../', import.meta.url))
const output = join(top, 'dist-bundle')

rmSync(output, {recursive: true, force: true})
const {programs, plugins, served, files, bundle} = openBuild({top, output, runtime: 'node'})
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
