// The main job in two minutes: a throw-away town with one rig, its witness started, looked at, restarted and stopped.
// Uses a home, a town and session backends of its own, with or without tmux, and removes them all.
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {processesWith} from './support/processes.js'

const top = fileURLToPath(new URL('..', import.meta.url))
const base = mkdtempSync(join(tmpdir(), 'gt-demo-'))
const town = join(base, 'town')
const {TMUX: _, TMUX_PANE: __, GT_TMUX_SOCKET: ___, NO_COLOR: ____, ...inherited} = process.env
const env = {
  ...inherited,
  HOME: join(base, 'home'),
  TMUX_TMPDIR: join(base, 'tmux'),
  GT_PTY_DIR: join(base, 'pty'),
  GT_DEMO: base,
}

for (const folder of ['home', 'tmux', 'pty', 'project']) mkdirSync(join(base, folder), {mode: 0o700})
process.on('SIGINT', () => {
  cleanUp()
  process.exit(130)
})

try {
  say('A small git repository, to have a project:')
  makeProject(join(base, 'project'))
  say('A town, and the project as its rig:')
  gt(base, 'install', 'town')
  gt(town, 'rig', 'add', 'demo', join(base, 'project'))
  useOwnAgent()
  say('The witness of the rig, run by a small agent program of this project:')
  gt(town, 'witness', 'start', 'demo')
  gt(town, 'witness', 'status', 'demo')
  gt(town, 'witness', 'status', 'demo', '--json')
  say('It is told something, as soon as its prompt is empty:')
  gt(town, 'nudge', 'demo/witness', 'How are the workers?')
  say("What the witness's screen shows:")
  gt(town, 'peek', 'demo/witness')
  say('Restart, stop, and nothing is left:')
  gt(town, 'witness', 'restart', 'demo')
  gt(town, 'witness', 'stop', 'demo')
  proveNothingIsLeft()
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`demo: ${error.message}\n`)
} finally {
  cleanUp()
}

function say(text) {
  process.stdout.write(`\n# ${text}\n`)
}

function gt(cwd, ...args) {
  process.stdout.write(`$ gt ${args.join(' ')}\n`)
  const {status} = spawnSync(process.execPath, [join(top, 'bin', 'run.js'), ...args], {
    cwd,
    env: {...env, PWD: cwd},
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`'gt ${args.join(' ')}' ended with ${status}`)
}

function makeProject(directory) {
  writeFileSync(join(directory, 'README.md'), '# A project\n')
  const git = (...args) => execFileSync('git', ['-C', directory, ...args], {env, stdio: 'pipe'})
  git('init', '--quiet', '--initial-branch=main')
  git('add', '.')
  git('-c', 'user.name=Demo', '-c', 'user.email=demo@example.com', 'commit', '--quiet', '--message=First')
  process.stdout.write(`${directory}\n`)
}

function useOwnAgent() {
  const file = join(town, 'settings', 'config.json')
  const settings = JSON.parse(readFileSync(file, 'utf8'))
  const agent = {
    command: process.execPath,
    args: [join(top, 'test', 'fixtures', 'agents', 'echo-agent.js')],
    ready_prompt_prefix: '> ',
  }
  writeFileSync(file, JSON.stringify({...settings, default_agent: 'echo', agents: {echo: agent}}, null, 2))
}

/** Every process of the demo has GT_DEMO in its environment; the tmux server ends with its last session. */
function proveNothingIsLeft() {
  const left = processesWith(`GT_DEMO=${base}`).filter(({command}) => !command.startsWith('tmux'))
  if (left.length > 0) throw new Error(`left behind: ${left.map(({command}) => command).join(', ')}`)
  process.stdout.write('No process of the witness is left.\n')
}

function cleanUp() {
  // Fails where the server has ended by itself, as it should, and where there is no tmux.
  spawnSync('tmux', ['-L', 'default', 'kill-server'], {env, stdio: 'ignore'})
  rmSync(base, {recursive: true, force: true})
}
