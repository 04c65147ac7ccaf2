// What is another module, or written in another way, in the standalone executable.
import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'
import {optional} from '../files.js'

/** Where Bun has the files of an executable. Nothing is looked for there: it only tells gt's own programs from files. */
export const EMBEDDED = '/$bunfs/root'

/** Bun would put the paths of the machine that builds it into the executable. */
const define = {
  // See ../../src/cli/streams.ts.
  'process.stdout': 'gtStreams.stdout',
  'process.stderr': 'gtStreams.stderr',
  'import.meta.url': JSON.stringify(`file://${EMBEDDED}/gt`),
  // Of a program that gt runs as a process of its own.
  'import.meta.filename': 'process.argv[1]',
  __filename: JSON.stringify(`${EMBEDDED}/gt`),
  __dirname: JSON.stringify(EMBEDDED),
}

const standIn = (file) => fileURLToPath(new URL(`./stand-ins/${file}`, import.meta.url))
/** The file of the module that hides what the user typed. */
export const HIDE_ARGUMENTS = standIn('hide-arguments.cjs')
const WHICH = standIn('which.cjs')
const STAND_INS = {
  '@lydell/node-pty': standIn('node-pty.cjs'),
  'monotonic-time': standIn('monotonic-time.cjs'),
}
const pluginManager = createRequire(import.meta.url).resolve('@oclif/plugin-plugins')

/** What becomes of which code. */
const CHANGES = [
  [/sdk[\\/]dist[\\/]monotonic-clock\.js$/, /process\.hrtime\.bigint/, "require('monotonic-time')"],
  // What it requires is in the executable.
  [/plugin-pty[\\/]dist[\\/]shim[\\/]screen\.js$/, /^const require = createRequire\(.*$/m, ''],
  // It looks whether it can be found before it is required: by a path of the machine that builds it.
  [/[\\/]fdir[\\/]dist[\\/]/, /\b(?:__)?require\.resolve\("picomatch"\)/, ''],
]

function changed(code, id) {
  const [, from, to] = CHANGES.find(([file]) => file.test(id))
  if (!from.test(code)) throw new Error(`${id} is written in another way: there is no ${from}`)
  return code.replace(from, to)
}

/** A plugin of rolldown. */
function inOtherWords() {
  return {
    name: 'for-bun',
    resolveId(id, importer = '') {
      if (id !== 'which') return STAND_INS[id]
      // The stand-in means the package that the plugin manager would have got.
      if (importer === WHICH) return this.resolve(id, pluginManager, {skipSelf: true})
      return /plugin-plugins[\\/]lib[\\/]/.test(importer) ? WHICH : undefined
    },
    transform: {
      filter: {id: CHANGES.map(([file]) => file)},
      handler: (code, id) => ({code: changed(code, id), map: null}),
    },
  }
}

/** What `openBuild` makes its files for: Bun's compiler, which takes them whole. */
export const forBun = {
  external: [/^(node|bun):/, ...optional],
  define,
  plugins: [inOtherWords()],
  onDisk: [],
}
