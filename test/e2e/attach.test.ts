// attach from real terminals: the panes of a second tmux server are the terminals of these tests.
import {execFileSync} from 'node:child_process'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {gt, launcher} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'
import {until} from '../support/until.js'

function terminal({insideTmux = false} = {}) {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-u', '-L', 'terminal', ...args], {env: box.env, encoding: 'utf8'})
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'screen', '-x', '100', '-y', '30', '-c', cwd, '/bin/sh')
  const shown = () => tmux('capture-pane', '-p', '-t', '=screen:')
  const type = (line: string) => tmux('send-keys', '-t', '=screen:', line, 'Enter')
  const unset = insideTmux ? '' : 'env -u TMUX -u TMUX_PANE '
  const attach = (...args: string[]) =>
    type(`${unset}'${process.execPath}' '${launcher}' witness attach ${args.join(' ')}; echo "ended $?"`)
  return {box, cwd, tmux, shown, type, attach}
}

test('from a plain terminal: starts the witness, shows it, takes keys; detaching exits 0 and leaves it running', async () => {
  const {box, cwd, tmux, shown, type, attach} = terminal()
  attach('alpha')
  await until('the agent on the terminal', () => shown().includes('asked to: I am Witness for alpha'))
  type('hello')
  await until('its answer', () => shown().includes('heard: hello'))
  tmux('send-keys', '-t', '=screen:', 'C-b', 'd')
  await until('the end of attach', () => shown().includes('ended 0'))
  expect(shown()).toContain('Started witness session for alpha')
  expect(box.tmux('list-sessions', '-F', '#S')).toBe('gt-alpha-witness\n')
  expect((await gt(['witness', 'stop', 'alpha'], {cwd, env: box.env})).code).toBe(0)
})

test('from inside the same tmux server: switches the client instead of nesting', async () => {
  const {box, cwd} = terminal()
  await gt(['witness', 'start', 'alpha'], {cwd, env: box.env})
  box.tmux('new-session', '-d', '-s', 'work', '-c', cwd, '/bin/sh')
  // A client that can be switched: the session "work", shown in a pane of the other server.
  execFileSync(
    'tmux',
    [
      '-L',
      'terminal',
      'send-keys',
      '-t',
      '=screen:',
      'env -u TMUX tmux -L default attach -t =work:',
      'Enter',
    ],
    {
      env: box.env,
    },
  )
  const clientSession = () => box.tmux('list-clients', '-F', '#{client_session}').trim()
  await until('the client', () => clientSession() === 'work')
  box.tmux('send-keys', '-t', '=work:', `'${process.execPath}' '${launcher}' witness at alpha`, 'Enter')
  await until('the switch', () => clientSession() === 'gt-alpha-witness')
})

test('from inside another tmux server: shows it there', async () => {
  const {shown, attach} = terminal({insideTmux: true})
  attach('alpha')
  await until('the agent on the terminal', () => shown().includes('asked to: I am Witness for alpha'))
})

test('without a terminal: a clear error, and nothing is started', async () => {
  const {box, cwd} = terminal()
  const result = await gt(['witness', 'attach', 'alpha'], {cwd, env: box.env})
  expect(result).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^Error: attach needs a terminal/),
  })
  const status = await gt(['witness', 'status', 'alpha', '--json'], {cwd, env: box.env})
  expect(JSON.parse(status.stdout).running).toBe(false)
})

test('a start that fails is not called a start of the witness', async () => {
  const {box, cwd, shown, attach} = terminal()
  useAgents(cwd, {bad: fixtureAgent('failing-agent')})
  attach('alpha')
  await until('the end of attach', () => shown().includes('ended 1'))
  expect(shown()).toContain("Error: agent 'bad' exited with code 3")
  expect(() => box.tmux('list-sessions')).toThrow()
})
