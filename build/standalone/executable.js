// Makes dist-standalone/gt: one file that needs no Node. Bun's compiler comes from npm, and only for this: it is too big
// for what everybody installs. Usage: npm run build:standalone
import {spawnSync} from 'node:child_process'
import {readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {gzipSync} from 'node:zlib'
import {openBuild, optional} from '../files.js'
import {inParts} from '../parts.js'
import {EMBEDDED, forBun, HIDE_ARGUMENTS} from './for-bun.js'

const BUN = 'bun@1.4.5'

const top = fileURLToPath(new URL('../../', import.meta.url))
const output = join(top, 'dist-standalone')
const parts = join(output, 'parts')
const entry = join(parts, 'entry.cjs')
const executable = join(output, 'gt')

const options = [
  '--compile',
  '--bytecode',
  '--minify',
  // gt ends before optimised code could pay.
  '--compile-jit-policy=1000',
  // A plugin on disk finds its own dependencies by it.
  '--compile-autoload-package-json',
  // Whoever stands in a stranger's directory must not run with that stranger's settings.
  '--no-compile-autoload-dotenv',
  '--no-compile-autoload-bunfig',
  '--define=process.env.NODE_ENV="production"',
  ...optional.map((name) => `--external=${name}`),
  `--outfile=${executable}`,
]

rmSync(output, {recursive: true, force: true})
const {programs, bundle} = openBuild({top, output: parts, target: forBun})
const main = await bundle({main: '\0main'}, inParts(top))
await bundle(Object.fromEntries(programs), {entryFileNames: 'programs/[name].js'})
writeFileSync(entry, entrySource(main))
compile()
rmSync(parts, {recursive: true})
printSize(executable)

function compile() {
  const words = ['exec', '--yes', `--package=${BUN}`, '--', 'bun', 'build', entry, ...options]
  const {status} = spawnSync('npm', words, {cwd: top, stdio: 'inherit'})
  if (status !== 0) process.exit(status ?? 1)
}

/**
 * gt starts itself as it starts under Node: with the program, then the file that it runs. Here both are the same, or it
 * is one of the programs that gt runs as processes of their own. Plugins start their scripts in that way, too: only what
 * a running gt has started is one, since whoever may call gt need not be allowed to run any program.
 */
function entrySource(file) {
  const entries = [...programs.keys()].map((name) => {
    const path = `programs/${name}.js`
    return `${JSON.stringify(`${EMBEDDED}/${path}`)}: () => require(${JSON.stringify(`./${path}`)})`
  })
  return `const {dirname, join} = require('node:path')
const programs = {__proto__: null, ${entries.join(', ')}}
const [, , ...words] = process.argv
const program = programs[words[0]]
if (program) {
  process.argv = [process.execPath, ...words]
  globalThis.gtStreams = process
  program()
} else if (process.env.GT_SCRIPTS_OF === String(process.ppid) && /^\\/.+\\.[cm]?js$/.test(words[0])) {
  process.argv = [process.execPath, ...words]
  import(words[0])
} else {
  const argv = words[0] === process.execPath ? words.slice(1) : words
  process.argv = [process.execPath, process.execPath, ...argv]
  process.env.GT_SCRIPTS_OF = String(process.pid)
  if (argv.some((word) => word.startsWith('--env'))) require(${JSON.stringify(HIDE_ARGUMENTS)})()
  require(${JSON.stringify(file)}).run(join(dirname(process.execPath), 'bin', 'gt'), argv, undefined)
}
`
}

function printSize(file) {
  const mib = (bytes) => `${Math.round(bytes / 1024 ** 2)} MiB`
  const zipped = gzipSync(readFileSync(file)).length
  process.stdout.write(`${file}: ${mib(statSync(file).size)}, gzipped ${mib(zipped)}\n`)
}
