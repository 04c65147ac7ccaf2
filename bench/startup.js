// Compares a start of gt with an empty Node, a Node that only asks tmux, and an oclif app as oclif's generator makes it.
// The runs take turns, so that a machine that slows down slows down all of them.
// Usage: node bench/startup.js [runs] [another program that answers `witness status <rig> --json`]
import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {linkPlugin, makeStockApp} from './support/stock-app.js'
import {gt, inTown, launcher, median, node} from './support/town.js'

const top = fileURLToPath(new URL('..', import.meta.url))
const standalone = join(top, 'dist-standalone', 'gt')
const runs = Number(process.argv[2] ?? 30)
const other = process.argv[3]
const oneTmuxChild = `require('node:child_process').execFileSync('tmux', ['-L', 'default', 'list-sessions'])`
const status = ['witness', 'status', 'alpha', '--json']

await inTown(['alpha'], async (town) => {
  const stock = await makeStockApp(join(town.base, 'stock'))
  const linked = ['env', `XDG_DATA_HOME=${linkPlugin(join(town.base, 'data'))}`, node, launcher]
  gt(town, 'witness', 'start', 'alpha')
  const commands = {
    'node -e 0': [node, '-e', '0'],
    'node, one tmux child': [node, '-e', oneTmuxChild],
    'stock oclif app, status': [node, stock, ...status],
    'gt witness status --json': [node, launcher, ...status],
    'gt --version': [node, launcher, '--version'],
    'gt witness --help': [node, launcher, 'witness', '--help'],
    'the same status, through env': ['env', node, launcher, ...status],
    'status, a plugin linked': [...linked, ...status],
    "the linked plugin's command": [...linked, 'linked', 'alpha', '--json'],
    ...(existsSync(standalone) && {
      'standalone, status': [standalone, ...status],
      'standalone --version': [standalone, '--version'],
    }),
    ...(other && {[other]: [other, ...status]}),
  }
  print(measure(commands, town))
  gt(town, 'witness', 'stop', 'alpha')
})
printSize()

function measure(commands, {base, env}) {
  const input = JSON.stringify({runs, cwd: base, env, commands})
  const script = join(top, 'bench', 'support', 'resources.py')
  return JSON.parse(execFileSync('python3', [script], {input, maxBuffer: 2 ** 26}))
}

function print(results) {
  const figures = ['wall', 'cpu', 'memory']
  const of = (name, figure) => median(results[name].map((result) => result[figure]))
  process.stdout.write(`${runs} runs, medians, and how many times an empty Node\n`)
  process.stdout.write(
    `${''.padEnd(30)}${['wall ms', 'CPU ms', 'MiB at most'].map((title) => title.padStart(18)).join('')}\n`,
  )
  for (const name of Object.keys(results)) {
    const cells = figures.map((figure) => {
      const ratio = of(name, figure) / of('node -e 0', figure)
      return `${of(name, figure).toFixed(1).padStart(10)} × ${ratio.toFixed(2).padStart(5)}`
    })
    process.stdout.write(`${name.padEnd(30)}${cells.join('')}\n`)
  }
}

function printSize() {
  execFileSync(process.execPath, [join(top, 'build', 'package.js')])
  const [{size, unpackedSize, entryCount}] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: join(top, 'dist-package'),
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`
  process.stdout.write(`package: ${kib(size)}, unpacked ${kib(unpackedSize)} in ${entryCount} files\n`)
}
