// What status says of a witness to which something has happened.
import {readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'
import {until} from '../support/until.js'

const session = 'gt-alpha-witness'

async function started(
  agent: Record<string, unknown> = fixtureAgent('echo-agent', {ready_prompt_prefix: '> '}),
) {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {agent})
  const run = (...args: string[]) => gt(['witness', ...args], {cwd, env: box.env})
  expect(await run('start', 'alpha')).toMatchObject({code: 0, stderr: ''})
  const status = async () => JSON.parse((await run('status', 'alpha', '--json')).stdout)
  const agentPid = () => Number(box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_pid}'))
  return {box, cwd, run, status, agentPid}
}

test('tmux was killed: not running, there is no session', async () => {
  const {box, status} = await started()
  const server = Number(box.tmux('display-message', '-p', '#{pid}'))
  process.kill(server, 'SIGKILL')
  await until('status to see it', async () => (await status()).running === false)
  expect(await status()).not.toHaveProperty('error')
})

test('the agent was frozen: it is alive', async () => {
  const {status, agentPid} = await started()
  const pid = agentPid()
  process.kill(pid, 'SIGSTOP')
  expect(await status()).toMatchObject({running: true, liveness: 'alive', pid})
  process.kill(pid, 'SIGCONT')
})

test('the agent became another program: it is alive, whatever it is called now', async () => {
  const {box, status, agentPid} = await started({
    command: '/bin/sh',
    args: ['-c', 'echo "> "; read go; exec sleep 60'],
    ready_prompt_prefix: '> ',
  })
  const pid = agentPid()
  box.tmux('send-keys', '-t', `=${session}:`, 'go', 'Enter')
  await until(
    'sleep',
    () => box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_current_command}') === 'sleep\n',
  )
  expect(await status()).toMatchObject({running: true, pid})
})

test('the agent runs inside a shell: it is alive', async () => {
  const {status} = await started({
    command: '/bin/bash',
    args: ['-c', '"$0" "$@"; true', process.execPath, ...(fixtureAgent('echo-agent').args as string[])],
    ready_prompt_prefix: '> ',
  })
  expect(await status()).toMatchObject({running: true, liveness: 'alive'})
})

test('another pane lives on in the session of a dead agent: not running', async () => {
  const {box, cwd, status} = await started()
  box.tmux('split-window', '-t', `=${session}:`, '-c', cwd, 'cat')
  const pid = Number(box.tmux('show-options', '-v', '-t', `=${session}:`, '@gt_pid'))
  process.kill(pid, 'SIGKILL')
  await until('status to see it', async () => (await status()).running === false)
  expect(await status()).toMatchObject({liveness: 'dead', exit: {signal: 'SIGKILL'}})
})

test('the pane of the agent was closed, another lives on: not running', async () => {
  const {box, cwd, status} = await started()
  box.tmux('split-window', '-t', `=${session}:`, '-c', cwd, 'cat')
  box.tmux('kill-pane', '-t', box.tmux('show-options', '-v', '-t', `=${session}:`, '@gt_pane').trim())
  expect(await status()).toMatchObject({running: false, liveness: 'dead'})
})

test.each([
  ['cut in half', '{"version": 1, "back'],
  ['of another kind', '{"version": 7}'],
  ['empty', ''],
])(
  'the record of the session is %s: it is set aside and named, and the answer is the same',
  async (_, text) => {
    const {cwd, run, status} = await started()
    const folder = join(cwd, '.runtime', 'sessions')
    writeFileSync(join(folder, `${session}.json`), text)
    const {stdout, stderr, code} = await run('status', 'alpha', '--json')
    expect({code, running: JSON.parse(stdout).running}).toEqual({code: 0, running: true})
    expect(stderr).toMatch(/^warning: \S+gt-alpha-witness\.json cannot be used; it was set aside as \S+\n$/)
    expect(readdirSync(folder)).toEqual([
      expect.stringMatching(/^gt-alpha-witness\.json\.unusable-\d{8}T\d{6}Z$/),
    ])
    expect((await status()).evidence).not.toHaveProperty('readiness')
  },
)
