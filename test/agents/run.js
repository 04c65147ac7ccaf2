// Real coding agents under gt: how they start, how they end, and that `gt witness stop` leaves nothing of them.
// Installs them into a scratch folder and goes on in a network of its own, in which there is nothing but this run.
// Linux only. GT_AGENTS_DIR names a folder to keep the agents in.
// Usage: npm run test:agents [-- [--suite stop,states,starts,nudges,workers] [--case idle] [--nudges 20] [--verbose] agent ...]
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {agents} from './support/agents.js'
import {install} from './support/install.js'

const inside = fileURLToPath(new URL('inside.js', import.meta.url))
const {values: options, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    suite: {type: 'string', default: 'stop,states,starts,nudges,workers'},
    case: {type: 'string', multiple: true},
    nudges: {type: 'string', default: '20'},
    verbose: {type: 'boolean', default: false},
  },
})
const kept = process.env.GT_AGENTS_DIR
const directory = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), 'gt-agents-programs-'))
mkdirSync(directory, {recursive: true})
// What runs inside gets it too, and puts everything away first.
process.on('SIGINT', () => {})
try {
  const wanted = chosen(positionals)
  const folders = install(new Set(wanted.map(({specifier}) => specifier)), directory)
  const programs = wanted.map(({name, specifier}) => ({name, folder: folders.get(specifier)}))
  process.exitCode = runInside(programs)
} finally {
  if (!kept) rmSync(directory, {recursive: true, force: true})
}

function chosen(names) {
  return names.length === 0 ? agents : agents.filter(({name}) => names.includes(name))
}

/** Without the user's environment: it may hold keys, and addresses of models that cost money. */
function runInside(programs) {
  const task = {...options, programs, suites: options.suite.split(','), nudges: Number(options.nudges)}
  const asRoot = process.getuid() === 0 ? [] : ['--map-root-user']
  const {status, error} = spawnSync(
    'unshare',
    ['--net', ...asRoot, process.execPath, inside, JSON.stringify(task)],
    {stdio: 'inherit', env: {PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'}},
  )
  if (error) throw error
  return status ?? 1
}
