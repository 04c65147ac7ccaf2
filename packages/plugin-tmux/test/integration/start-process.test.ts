import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {dumped, fakeTmux, fixture, quiet, readIfThere, world} from '../support/world.js'

test('start_Environment: is there for the first process, for later panes and for show-environment', async () => {
  const {backend, dir, tmux} = world()
  const env = {GT_ROOT: '/a b', EMPTY: '', GT_SESSION_ID: 'town/a/1'}
  await backend.start(quiet('a', {env, command: fixture('dump.mjs', join(dir, 'first'))}))
  tmux('split-window', '-t', '=a:', '--', ...fixture('dump.mjs', join(dir, 'later')))
  for (const file of ['first', 'later']) expect((await dumped(join(dir, file))).env).toMatchObject(env)
  expect(tmux('show-environment', '-t', '=a:')).toContain('EMPTY=\nGT_ROOT=/a b\nGT_SESSION_ID=town/a/1\n')
})

test('start_UnsetEnv: is absent although the server has it', async () => {
  const {backend, dir} = world({NODE_OPTIONS: '', CLAUDECODE: '1', KEPT: '2'})
  const command = fixture('dump.mjs', join(dir, 'out'))
  await backend.start(quiet('a', {command, unsetEnv: ['NODE_OPTIONS', 'CLAUDECODE', 'NEVER_SET']}))
  const {env} = await dumped(join(dir, 'out'))
  expect(env).toMatchObject({KEPT: '2'})
  expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['CLAUDECODE']))
  expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['NODE_OPTIONS']))
})

test('start_VariablesThatTmuxSets: have the given values', async () => {
  const {backend, dir} = world()
  const env = {SHELL: '/bin/given', TERM: 'given', PATH: '/given', TERM_PROGRAM: 'given'}
  await backend.start(quiet('a', {env, command: fixture('dump.mjs', join(dir, 'out'))}))
  expect((await dumped(join(dir, 'out'))).env).toMatchObject(env)
})

test('start_ServerWithAnotherPath: the first process has the caller’s', async () => {
  const box = sandbox()
  await world({}, box).backend.start(quiet('keeper'))
  const path = `${box.env.PATH}:/caller`
  await world({PATH: path}, box).backend.start(
    quiet('a', {command: fixture('dump.mjs', join(box.dir, 'out'))}),
  )
  expect((await dumped(join(box.dir, 'out'))).env.PATH).toBe(path)
})

test('start_Command: is the pane’s first process, no shell around it', async () => {
  const {backend, dir, tmux} = world()
  const {pid} = await backend.start(
    quiet('a', {command: fixture('dump.mjs', join(dir, 'out')), unsetEnv: ['A'], env: {SHELL: '/bin/sh'}}),
  )
  await dumped(join(dir, 'out'))
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]).toBe(process.execPath)
  expect(tmux('display-message', '-p', '-t', '=a:', '#{pane_pid}')).toBe(`${pid}\n`)
})

test('start_PathWithEqualsSignAndNoArguments: is run', async () => {
  const {backend, dir} = world()
  mkdirSync(join(dir, 'a=b'))
  const program = join(dir, 'a=b', 'pro=gram $(x)')
  writeFileSync(program, `#!/bin/sh\necho "$#" > '${dir}/out'\nexec sleep 600\n`)
  chmodSync(program, 0o755)
  for (const [name, unsetEnv] of [
    ['a', []],
    ['b', ['X']],
  ] as const) {
    const {pid} = await backend.start(quiet(name, {command: [program], unsetEnv}))
    await until('the program to run', () => readIfThere(join(dir, 'out')) === '0\n')
    await until('it to be the first process', () =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep'),
    )
    writeFileSync(join(dir, 'out'), '')
  }
})

test('start_WorkingDirectory: is not expanded by tmux or a shell, and its links are kept', async () => {
  const {backend, dir, tmux} = world()
  const cwd = join(dir, '#(touch evil) $(touch evil) #{pane_id} ü\'"')
  const link = join(dir, 'link')
  mkdirSync(cwd)
  symlinkSync(cwd, link)
  await backend.start(quiet('a', {cwd, command: fixture('dump.mjs', join(dir, 'direct'))}))
  await backend.start(quiet('b', {cwd: link, command: fixture('dump.mjs', join(dir, 'linked'))}))
  expect((await dumped(join(dir, 'direct'))).cwd).toBe(realpathSync(cwd))
  expect((await dumped(join(dir, 'linked'))).env.PWD).toBe(link)
  expect(tmux('display-message', '-p', '-t', '=a:', '#{pane_current_path}|#{session_path}')).toBe(
    `${cwd}|${cwd}\n`,
  )
  expect([...readdirSync(dir), ...readdirSync(cwd)]).not.toContain('evil')
})

test('start_Secret: never stands in an argument list of tmux', async () => {
  const box = sandbox()
  const log = join(box.dir, 'log')
  const path = fakeTmux(box, `for word; do printf '%s\\n' "$word" >> '${log}'; done; exec tmux "$@"`)
  const {backend} = world({PATH: path}, box)
  const command = fixture('dump.mjs', join(box.dir, 'out'), 'the prompt')
  const {pid} = await backend.start(quiet('a', {env: {TOKEN: 's3cret'}, unsetEnv: ['X'], command}))
  expect((await dumped(join(box.dir, 'out'))).env.TOKEN).toBe('s3cret')
  expect(readFileSync(log, 'utf8')).toMatch(/source-fil/)
  expect(readFileSync(log, 'utf8')).not.toMatch(/s3cret|the prompt/)
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('s3cret')
})
