// Makes dist-standalone/gt from the bundle: one file that needs no Node. Bun's compiler comes from npm, and only for
// this: it is too big for what everybody installs. Usage: npm run build:standalone
import {spawnSync} from 'node:child_process'
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const BUN = 'bun@1.4.5'

const top = fileURLToPath(new URL('../../../', import.meta.url))
const output = join(top, 'dist-standalone')
const entry = join(output, 'entry.cjs')

rmSync(output, {recursive: true, force: true})
mkdirSync(output)
writeFileSync(
  entry,
  `const {dirname, join} = require('node:path')
require('../dist-bundle/gt.js').run(join(dirname(process.execPath), 'bin', 'gt'))
`,
)
const options = [
  '--compile',
  '--bytecode',
  '--minify',
  // A plugin on disk finds its own dependencies by it.
  '--compile-autoload-package-json',
  // Whoever stands in a stranger's directory must not run with that stranger's settings.
  '--no-compile-autoload-dotenv',
  '--no-compile-autoload-bunfig',
  '--define=process.env.NODE_ENV="production"',
  ...['typescript', 'pnpapi', '@lydell/node-pty'].map((name) => `--external=${name}`),
  `--outfile=${join(output, 'gt')}`,
]
const {status} = spawnSync(
  'npm',
  ['exec', '--yes', `--package=${BUN}`, '--', 'bun', 'build', entry, ...options],
  {
    cwd: top,
    stdio: 'inherit',
  },
)
rmSync(entry)
process.exitCode = status ?? 1
