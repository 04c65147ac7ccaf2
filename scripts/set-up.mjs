// Sets everything up, then runs one of the project's programs: node scripts/set-up.mjs <demo|test|check|mutate> [argument ...]
// Only this file may run on an older Node than the project needs: npm ci installs the right one.
import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const top = fileURLToPath(new URL('..', import.meta.url))
const binaries = join(top, 'node_modules', '.bin')
const env = {...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`}

function run(command, args) {
  const {status, signal, error} = spawnSync(command, args, {cwd: top, env, stdio: 'inherit'})
  if (error) throw error
  if (status !== 0) {
    process.stderr.write(
      `set-up: '${command} ${args.join(' ')}' ${signal ? `was ended by ${signal}` : `failed`}\n`,
    )
    process.exit(status ?? 1)
  }
}

/** Runs npm ci only if the lock file has changed, because npm ci starts from nothing each time. */
function install() {
  const stamp = join(top, 'node_modules', '.set-up-stamp')
  const wanted = createHash('sha256')
    .update(readFileSync(join(top, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}

function requireTmux() {
  if (!spawnSync('tmux', ['-V']).error) return
  if (process.env.CI === 'true' && process.getuid?.() === 0) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', 'tmux'])
    return
  }
  process.stderr.write(
    'tmux 3.2 or newer is needed: install it (Debian: apt install tmux; macOS: brew install tmux)\n',
  )
  process.exit(1)
}

const programs = {
  demo: 'scripts/demo.js',
  test: 'scripts/test.js',
  check: 'scripts/check.js',
  mutate: 'bench/mutants/run.js',
}
const [program, ...rest] = process.argv.slice(2)
install()
// Without tmux, gt runs sessions itself. The tests need both.
if (program !== 'demo') requireTmux()
run('npm', ['run', '--silent', 'build'])
run('node', [programs[program], ...rest])
