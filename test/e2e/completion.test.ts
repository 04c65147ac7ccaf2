// Completion as a user meets it: real shells on a real terminal, and the built gt that they ask.
import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {gt, launcher} from '../support/cli.js'
import {type Sandbox, sandbox} from '../support/sandbox.js'
import {makeTown, writeJson} from '../support/town.js'
import {until} from '../support/until.js'

const HOSTILE = [
  '$(touch pwned)',
  '`touch pwned`',
  'a b',
  "it's",
  'say "x"',
  'a;touch pwned',
  'two\nlines',
  '*',
]

/** A town whose registry and worker folders have names that a shell would act on, and `gt` on PATH. */
function world() {
  const box = sandbox()
  const town = makeTown(join(box.dir, 'town'))
  const rigs = Object.fromEntries([...HOSTILE, 'alpha', 'beta'].map((name) => [name, {}]))
  writeJson(join(town, 'mayor', 'rigs.json'), {version: 1, rigs})
  for (const name of HOSTILE) mkdirSync(join(town, 'alpha', 'polecats', name))
  const programs = join(box.dir, 'programs')
  mkdirSync(programs)
  symlinkSync(launcher, join(programs, 'gt'))
  symlinkSync(process.execPath, join(programs, 'node'))
  const env = {...box.env, PATH: `${programs}:${box.env.PATH}`, TERM: 'xterm-256color'}
  return {box, town, env}
}

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true'], {stdio: 'ignore'}).status === 0
}

/** Sources the script in bash, presses Tab after these words, and returns what bash is given to choose from. */
function bashReply({env, cwd}: {env: Record<string, string>; cwd: string}, words: string[]) {
  const program = `eval "$(gt completion bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gt; printf '%s\\n' "\${COMPREPLY[@]}"`
  const {stdout, stderr} = spawnSync('bash', ['--norc', '-c', program, 'bash', ...words], {
    cwd,
    env,
    encoding: 'utf8',
  })
  return {stderr, values: stdout.split('\n').filter((line) => line !== '')}
}

function expectNothingRan(town: string): void {
  for (const folder of [town, join(town, 'alpha'), join(town, 'alpha', 'polecats')]) {
    expect(existsSync(join(folder, 'pwned'))).toBe(false)
  }
}

interface Terminal {
  /** Types keys as tmux names them, and waits until the screen shows that text. */
  type(keys: string[], shows: string): Promise<void>
  text(): string
}

function openTerminal(box: Sandbox, command: string[], cwd: string, env: Record<string, string>): Terminal {
  // By env: tmux gives a command its own PATH, whatever the session's is.
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const line = ['env', ...variables, ...command]
  box.tmux('new-session', '-d', '-s', 'shell', '-x', '100', '-y', '40', '-c', cwd, ...line)
  const text = () => box.tmux('capture-pane', '-p', '-t', 'shell')
  return {
    text,
    async type(keys, shows) {
      box.tmux('send-keys', '-t', 'shell', '--', ...keys)
      await until(`'${shows}' on the screen`, () => text().includes(shows))
    },
  }
}

const shells = [
  {shell: 'bash', command: ['bash', '--norc', '-i'], load: 'eval "$(gt completion bash)"'},
  {
    shell: 'zsh',
    command: ['zsh', '-f', '-i'],
    load: 'autoload -U compinit; compinit -D; eval "$(gt completion zsh)"',
  },
  {shell: 'fish', command: ['fish', '--no-config', '-i'], load: 'gt completion fish | source'},
]

for (const {shell, command, load} of shells) {
  test.runIf(isInstalled(shell))(`${shell} on a terminal: Tab completes each part of a line`, async () => {
    const {box, town, env} = world()
    const terminal = openTerminal(box, command, town, {...env, PS1: '> '})
    await terminal.type([`${load}; echo lo''aded`, 'Enter'], '\nloaded')
    await terminal.type(['C-l', 'gt wit', 'Tab'], 'gt witness')
    await terminal.type(['star', 'Tab'], 'gt witness start')
    await terminal.type(['al', 'Tab'], 'gt witness start alpha')
    await terminal.type(['--ag', 'Tab'], 'gt witness start alpha --agent')
    await terminal.type(['cl', 'Tab'], '--agent claude')
    await terminal.type(['--backend=tm', 'Tab'], '--backend=tmux')
    await terminal.type(['C-u', 'gt nudge al', 'Tab'], 'gt nudge alpha/')
    await terminal.type(['fur', 'Tab', 'hello'], 'gt nudge alpha/furiosa hello')
    await terminal.type(['C-u', 'gt nudge alpha/', 'Tab', 'Tab'], 'alpha/nux')
    expect(terminal.text()).not.toMatch(/pwned|it's|say/)
    await terminal.type(['C-c'], '')
    expectNothingRan(town)
  })
}

test('bash, in any directory of a town: its rigs; outside of one: nothing, and no error', () => {
  const {town, env, box} = world()
  const words = ['gt', 'witness', 'start', '']
  for (const cwd of [town, join(town, 'alpha', 'crew', 'max'), join(town, 'settings')]) {
    expect(bashReply({env, cwd}, words)).toEqual({stderr: '', values: ['alpha', 'beta']})
  }
  expect(bashReply({env, cwd: box.dir}, words)).toEqual({stderr: '', values: []})
  expectNothingRan(town)
})

test('bash, an address: no name that a shell would act on', () => {
  const {town, env} = world()
  const {values, stderr} = bashReply({env, cwd: town}, ['gt', 'peek', 'alpha/'])
  expect(stderr).toBe('')
  expect(values).toEqual(
    expect.arrayContaining(['alpha/witness', 'alpha/furiosa', 'alpha/nux', 'alpha/crew/']),
  )
  expect(values.filter((value) => !/^alpha\/[\w-]+\/?$/.test(value))).toEqual([])
  expectNothingRan(town)
})

test('a plugin is linked, changes and goes: completion follows without being told', async () => {
  const {town, env, box} = world()
  const complete = () => bashReply({env, cwd: town}, ['gt', 'gree']).values
  expect(complete()).toEqual([])
  const plugin = join(box.dir, 'plugin')
  const manifest = (...ids: string[]) =>
    writeJson(join(plugin, 'oclif.manifest.json'), {
      version: '1.0.0',
      commands: Object.fromEntries(
        ids.map((id) => [id, {id, aliases: [], args: {}, flags: {}, strict: true}]),
      ),
    })
  const link = (plugins: unknown[]) => {
    const data = join(box.env.HOME ?? '', '.local/share/gtown')
    mkdirSync(data, {recursive: true})
    writeJson(join(data, 'package.json'), {oclif: {schema: 1, plugins}})
  }
  mkdirSync(plugin)
  writeJson(join(plugin, 'package.json'), {
    name: 'gt-greeter',
    version: '1.0.0',
    oclif: {commands: './commands'},
  })
  manifest('greet')
  link([{type: 'link', name: 'gt-greeter', root: plugin}])
  expect(complete()).toEqual(['greet'])
  manifest('greet', 'greenhouse')
  expect(complete()).toEqual(['greenhouse', 'greet'])
  link([])
  expect(complete()).toEqual([])
})

test('a cache that cannot be written or read: the same answer, and nothing on stderr', async () => {
  const {town, env, box} = world()
  const cache = join(box.dir, 'cache')
  const ask = () =>
    gt(['completion', 'candidates', '--', 'fish', 'rig', 'remove', ''], {
      cwd: town,
      env: {...env, XDG_CACHE_HOME: cache},
    })
  const answer = {code: 0, stdout: 'values\nalpha\t\nbeta\t\n', stderr: ''}
  writeFileSync(cache, 'a file where a folder should be')
  expect(await ask()).toEqual(answer)
  execFileSync('rm', [cache])
  expect(await ask()).toEqual(answer)
  const file = join(cache, 'gtown', 'completion.json')
  for (const content of ['{"version":1', '', '[]', '\0\0\0']) {
    writeFileSync(file, content)
    expect(await ask()).toEqual(answer)
  }
  // By rename: no half of it is ever there, and nothing else is left.
  expect(readdirSync(dirname(file)).filter((name) => name !== 'compiled')).toEqual(['completion.json'])
})

test.each(['bash', 'zsh', 'fish'])('the script for %s: its shell finds no fault in it', async (shell) => {
  const {env, box} = world()
  const {stdout, code} = await gt(['completion', shell], {cwd: box.dir, env})
  expect(code).toBe(0)
  if (!isInstalled(shell)) return
  const flag = shell === 'fish' ? '--no-execute' : '-n'
  const file = join(box.dir, 'script')
  writeFileSync(file, stdout)
  const {status, stderr} = spawnSync(shell, [flag, file], {encoding: 'utf8'})
  expect({status, stderr}).toEqual({status: 0, stderr: ''})
})

test('gt completion of another shell: says which there are', async () => {
  const {env, box} = world()
  const {stderr, code} = await gt(['completion', 'tcsh'], {cwd: box.dir, env})
  expect(code).toBe(2)
  expect(stderr).toMatch(/bash, zsh, fish, powershell/)
})
