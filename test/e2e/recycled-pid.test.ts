// A stop whose agent ends, and whose pid goes to a stranger, between the backend's answer and the first signal.
import {spawn, spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {finished, launcher} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'

const ownPids = ['--pid', '--fork', '--mount-proc', '--kill-child']
const canChoosePids =
  spawnSync('unshare', [...ownPids, 'test', '-w', '/proc/sys/kernel/ns_last_pid']).status === 0

test.runIf(canChoosePids)('the pid of the agent goes to a stranger: the stranger lives', async () => {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {agent: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
  const fixtures = join(import.meta.dirname, '../fixtures/recycled-pid')
  const env = {
    ...box.env,
    PWD: cwd,
    REAL_TMUX: spawnSync('/bin/sh', ['-c', 'command -v tmux'], {encoding: 'utf8'}).stdout.trim(),
    FAKE_TMUX: fixtures,
    SCRATCH: box.dir,
  }
  const command = [join(fixtures, 'run.sh'), process.execPath, launcher]
  const {stdout} = await finished(spawn('unshare', [...ownPids, ...command], {cwd, env}))
  expect(stdout.split('\n').slice(-5)).toEqual([
    'stop ended with 0',
    'the pid was recycled',
    'the stranger lives',
    'no session is left',
    '',
  ])
})
