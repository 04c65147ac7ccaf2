import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {findTmux} from '../../src/registration.js'
import {openTmux} from '../../src/tmux.js'
import {fakeTmux, quiet, world} from '../support/world.js'

const unknown = {code: 'BACKEND_UNAVAILABLE', liveness: 'unknown', exitCode: 1}

test.each(['a/b', '..', '../x', '-x', 'a b', 'a;b'])('GT_TMUX_SOCKET_%s: is refused', (name) => {
  expect(() => openTmux({GT_TMUX_SOCKET: name})).toThrow(`GT_TMUX_SOCKET cannot be '${name}'`)
})

test('GT_TMUX_SOCKET_OtherName: is the server that is used', async () => {
  const {backend, tmux} = world({GT_TMUX_SOCKET: 'other.1'})
  await backend.start(quiet('gt-a-witness'))
  expect(() => tmux('list-sessions')).toThrow(/error connecting/)
  expect(tmux('-L', 'other.1', 'list-sessions', '-F', '#{session_name}')).toBe('gt-a-witness\n')
})

test('run_InsideAnotherTmux: the default server is used', async () => {
  const {backend, tmux} = world({TMUX: '/nowhere/socket,1,0', TMUX_PANE: '%99'})
  await backend.start(quiet('gt-a-witness'))
  expect(tmux('list-sessions', '-F', '#{session_name}')).toBe('gt-a-witness\n')
})

test('run_ServerStartedByUs: has the marker of no session', async () => {
  const {backend, tmux} = world({GT_SESSION_ID: 'town/gt-b-witness/1'})
  await backend.start(quiet('gt-a-witness'))
  expect(tmux('show-environment', '-g', 'GT_SESSION_ID')).toBe('GT_SESSION_ID=infra\n')
})

test('run_TmuxThatNeverAnswers: rejects as unknown', async () => {
  const box = sandbox()
  const tmux = openTmux({...box.env, PATH: fakeTmux(box, 'exec sleep 600')}, 100)
  await expect(tmux.run(['list-sessions'])).rejects.toMatchObject(unknown)
})

test('run_TmuxThatIgnoresSignals: rejects as well', async () => {
  const box = sandbox()
  const tmux = openTmux({...box.env, PATH: fakeTmux(box, `trap '' TERM; exec sleep 600`)}, 100)
  await expect(tmux.run(['list-sessions'])).rejects.toMatchObject(unknown)
})

test('run_TmuxThatReadsNoInput: its exit code and output say why', async () => {
  const box = sandbox()
  const tmux = openTmux({...box.env, PATH: fakeTmux(box, 'echo no way >&2; exit 3')})
  const input = 'x'.repeat(2 ** 20)
  expect(await tmux.run(['source-file'], {input})).toEqual({code: 3, stdout: '', stderr: 'no way\n'})
})

test('run_CtrlC: does not reach tmux, which runs in a group of its own', async () => {
  const box = sandbox()
  const script = `read -r line < /proc/$$/stat; set -- \${line##*) }; echo $(($3 == $$))`
  const tmux = openTmux({...box.env, PATH: fakeTmux(box, script)})
  for (const answer of [tmux.run([]), tmux.ask([])]) expect((await answer).stdout).toBe('1\n')
})

test('ask_TmuxThatNeverAnswers: rejects as unknown', async () => {
  const box = sandbox()
  const tmux = openTmux({...box.env, PATH: fakeTmux(box, 'exec sleep 600')}, 100)
  await expect(tmux.ask(['list-sessions'])).rejects.toMatchObject(unknown)
})

test('ask_SlowAnswer: is repeated without blocking', async () => {
  const box = sandbox()
  const first = join(box.dir, 'first')
  const slowAtFirst = `if ! [ -e '${first}' ]; then : >'${first}'; exec sleep 600; fi; echo answer`
  const tmux = openTmux({...box.env, PATH: fakeTmux(box, slowAtFirst)})
  expect(await tmux.ask(['list-sessions'])).toEqual({code: 0, stdout: 'answer\n', stderr: ''})
})

test('ask_LongAnswer: is asked once', async () => {
  const box = sandbox()
  const times = join(box.dir, 'times')
  const long = `echo asked >>'${times}'; head -c 3000000 /dev/zero`
  const tmux = openTmux({...box.env, PATH: fakeTmux(box, long)})
  expect((await tmux.ask(['list-panes'])).stdout).toHaveLength(3_000_000)
  expect(readFileSync(times, 'utf8')).toBe('asked\n')
})

test('anyMethod_NoTmux: unavailable, with what to do', async () => {
  const {backend, dir} = world({PATH: '/nowhere'})
  const error = {...unknown, message: "tmux is not installed: 'tmux' not found in PATH"}
  await expect(backend.inspect('gt-a-witness')).rejects.toMatchObject(error)
  await expect(backend.start(quiet('gt-a-witness', {cwd: dir}))).rejects.toMatchObject(error)
  await expect(backend.list()).rejects.toMatchObject({hint: expect.stringContaining('apt install tmux')})
})

test('anyMethod_ServerThatCannotBeReached: unavailable with tmux’s own message, never absent', async () => {
  const {backend, env} = world()
  const folder = join(env.TMUX_TMPDIR ?? '', `tmux-${process.getuid?.()}`)
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  const error = {
    ...unknown,
    message: expect.stringMatching(/^tmux gave no answer: (directory|error creating) /),
  }
  const handle = {name: 'gt-a-witness', id: '$0', incarnation: 'x'}
  await expect(backend.inspect('gt-a-witness')).rejects.toMatchObject(error)
  await expect(backend.list()).rejects.toMatchObject(error)
  await expect(backend.stop(handle, {graceMs: 0})).rejects.toMatchObject(error)
  await expect(backend.capture(handle, {lines: 1})).rejects.toMatchObject(error)
  await expect(backend.environment(handle)).rejects.toMatchObject(error)
  await expect(backend.view(handle)).rejects.toMatchObject(error)
  await expect(backend.type(handle, 'x')).rejects.toMatchObject(error)
  await expect(backend.start(quiet('gt-a-witness'))).rejects.toMatchObject(unknown)
  chmodSync(folder, 0o700)
})

test('start_OldTmux: is refused before anything is started', async () => {
  const box = sandbox()
  const {backend, tmux} = world(
    {PATH: fakeTmux(box, 'case $* in *-V) echo tmux 3.1c;; *) exec tmux "$@";; esac')},
    box,
  )
  await expect(backend.start(quiet('gt-a-witness'))).rejects.toMatchObject({
    code: 'TMUX_TOO_OLD',
    message: 'tmux 3.1c is too old: gt needs 3.2 or newer',
  })
  expect(() => tmux('list-sessions')).toThrow(/error connecting/)
})

test('inspect_OldServer: is refused, not misread', async () => {
  const box = sandbox()
  const path = fakeTmux(box, `tmux "$@" | sed 's/^pane|[^|]*|/pane|3.1c|/'`)
  await world({}, box).backend.start(quiet('gt-a-witness'))
  await expect(world({PATH: path}, box).backend.inspect('gt-a-witness')).rejects.toMatchObject({
    code: 'TMUX_TOO_OLD',
  })
})

test('findTmux_InPath: is available', async () => {
  expect(await findTmux(process.env.PATH ?? '')).toEqual({available: true})
})

test('findTmux_NotInPath: says so and what to do; a folder or plain file of that name does not count', async () => {
  const {dir} = sandbox()
  writeFileSync(join(dir, 'home', 'tmux'), '', {mode: 0o644})
  expect(await findTmux(`${dir}:${dir}/home:/nowhere:/etc/passwd`)).toMatchObject({
    available: false,
    reason: "tmux is not installed: 'tmux' not found in PATH",
  })
})
