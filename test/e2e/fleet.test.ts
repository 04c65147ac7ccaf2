// Every rig of a town at once.
import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {countingTmux} from '../support/counting-tmux.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'
import {until} from '../support/until.js'

function town() {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
  const run = (...args: string[]) => gt(['witness', ...args], {cwd, env: box.env})
  const all = async (...args: string[]) => JSON.parse((await run(...args, '--all', '--json')).stdout)
  return {box, cwd, run, all}
}

const rigs = ['alpha', 'beta', 'delta', 'gamma']

test('start, status, restart and stop of all: one that fails stops no other, and the exit code tells', async () => {
  const {run, all} = town()
  const started = await run('start', '--all')
  expect(started.code).toBe(1)
  for (const rig of rigs) expect(started.stdout).toContain(`✓ ${rig}: started\n`)
  expect(started.stdout).toMatch(/✗ ghost: ghost\/witness has no directory to work in: .*\n/)
  expect(started.stdout).toMatch(/\n\n4 started, 1 failed\n$/)
  const again = await all('start')
  expect(again.map(({rig_name, outcome}: Record<string, string>) => [rig_name, outcome])).toEqual(
    [
      ...['alpha', 'beta', 'delta'].map((rig) => [rig, 'already_running']),
      ['gamma', 'already_running'],
      ['ghost', undefined],
    ].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  )
  expect(again.at(-1)).toMatchObject({rig_name: 'ghost', error: {code: 'NO_WORK_DIR'}})
  const before = (await all('status')).map(({pid}: {pid?: number}) => pid)
  expect((await run('restart', '--all')).stdout).toMatch(/\n\n4 restarted, 1 failed\n$/)
  const after = await all('status')
  expect(after.filter(({running}: {running: boolean}) => running)).toHaveLength(4)
  for (const {pid} of after) if (pid) expect(before).not.toContain(pid)
  const stopped = await run('stop', '--all')
  expect(stopped).toMatchObject({code: 0, stdout: expect.stringMatching(/\n\n4 stopped, 1 not running\n$/)})
  expect((await all('status')).some(({running}: {running: boolean}) => running)).toBe(false)
})

test('status of all: one tmux process however many they are, the same objects as one by one', async () => {
  const {box, cwd, run} = town()
  await run('start', '--all')
  const counted = countingTmux(box)
  const {stdout, code} = await gt(['witness', 'status', '--all', '--json'], {
    cwd,
    env: {...box.env, PATH: counted.path},
  })
  expect(code).toBe(0)
  expect(counted.calls()).toHaveLength(1)
  const entries = JSON.parse(stdout)
  expect(entries.map(({rig_name}: {rig_name: string}) => rig_name)).toEqual([...rigs, 'ghost'])
  for (const entry of entries.slice(0, 4)) {
    const {state: _, ...single} = JSON.parse((await run('status', entry.rig_name, '--json')).stdout)
    const {evidence, last_activity_at: __, ...rest} = entry
    expect(single).toMatchObject(rest)
    expect(Object.keys(evidence)).toEqual(Object.keys(single.evidence))
  }
})

test('status of all as a table, with one dead, one foreign and one that the original made', async () => {
  const {box, cwd, run, all} = town()
  await run('start', 'alpha')
  process.kill(JSON.parse((await run('status', 'alpha', '--json')).stdout).pid, 'SIGKILL')
  box.tmux('new-session', '-d', '-s', 'gt-beta-witness', '-e', 'GT_ROOT=/elsewhere', 'cat')
  box.tmux('new-session', '-d', '-s', 'gt-delta-witness', '-e', `GT_ROOT=${cwd}`, 'cat')
  await until('the death', async () => (await all('status'))[0].liveness === 'dead')
  const {stdout, code} = await run('status', '--all')
  expect(code).toBe(1)
  expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
    'Rig  State  Agent  Backend  Since',
    expect.stringMatching(/^alpha {2}dead: its agent was ended by SIGKILL {2}echo {2}tmux {2}2/),
    "beta  unknown: session 'gt-beta-witness' belongs to another town: /elsewhere",
    expect.stringMatching(/^delta {2}running {2}- {2}tmux {2}2/),
    'gamma  stopped',
    'ghost  stopped',
    '',
  ])
})

test('no rig and no --all, or both: a usage error, and nothing is done', async () => {
  const {run} = town()
  for (const verb of ['start', 'stop', 'restart', 'status']) {
    expect(await run(verb)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('accepts 1 arg(s), received 0'),
    })
    expect((await run(verb, 'alpha', '--all')).code).toBe(2)
  }
})

test('a town without a registry: unknown, not empty', async () => {
  const {cwd, run} = town()
  rmSync(join(cwd, 'mayor/rigs.json'))
  expect(await run('status', '--all')).toMatchObject({code: 1, stderr: expect.stringContaining('rigs.json')})
})
