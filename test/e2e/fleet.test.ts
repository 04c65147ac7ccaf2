// Every rig of a town at once.
import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {finished, gt, launcher, spawnGt} from '../support/cli.js'
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
  for (const verb of ['start', 'stop', 'restart']) {
    expect(await run(verb)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('accepts 1 arg(s), received 0'),
    })
    expect((await run(verb, 'alpha', '--all')).code).toBe(2)
  }
  expect(await run('status', 'alpha', '--all')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('a rig and --all cannot be given together'),
  })
})

test('status without a rig is of all, in every form', async () => {
  const {run, all} = town()
  await run('start', 'alpha')
  expect(await run('status')).toEqual(await run('status', '--all'))
  const objects = JSON.parse((await run('status', '--json')).stdout)
  expect(objects).toMatchObject(
    (await all('status')).map(({rig_name, running}: Record<string, unknown>) => ({rig_name, running})),
  )
  const {stdout} = await run('status', '--jsonl')
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({rig_name}) => rig_name)).toEqual([...rigs, 'ghost'])
  expect(Object.keys(lines[0])).toEqual(Object.keys(objects[0]))
  expect((await run('status', '--format', '{running} of {total}, {stopped}{{}}')).stdout).toBe(
    '1 of 5, 4{}\n',
  )
  expect((await run('status', 'alpha', '--format', '{rig} {state} {agent}')).stdout).toBe(
    'alpha running echo\n',
  )
  expect((await run('status', 'beta', '--format', '{rig} {state}{agent}{pid}')).stdout).toBe('beta stopped\n')
})

test('forms that cannot be: a usage error that says what there is', async () => {
  const {run} = town()
  for (const [words, message] of [
    [['--format', '{rig}'], 'there is no field {rig}\nThere are: total, running, '],
    [['alpha', '--format', '{total}'], 'there is no field {total}\nThere are: rig, state, '],
    [['--jsonl', '--json'], 'cannot also be provided'],
    [['--watch', '--json'], 'cannot also be provided'],
    [['--watch', '--interval', '1ms'], 'the shortest interval is 100ms'],
  ] as const) {
    expect(await run('status', ...words)).toMatchObject({code: 2, stderr: expect.stringContaining(message)})
  }
})

test('status --watch on a terminal: redrawn in one place, and the terminal is given back', async () => {
  const {box, cwd, run} = town()
  await run('start', 'alpha')
  box.tmux(
    '-f',
    '/dev/null',
    'new-session',
    '-d',
    '-s',
    'screen',
    '-x',
    '90',
    '-y',
    '12',
    '-c',
    cwd,
    '/bin/sh',
  )
  const shown = () => box.tmux('capture-pane', '-p', '-t', '=screen:')
  const type = (line: string) => box.tmux('send-keys', '-t', '=screen:', line, 'Enter')
  type(`'${process.execPath}' '${launcher}' witness status --watch --interval 100ms; echo "ended with $?"`)
  await until('the table', () => /1 running, 4 stopped[\s\S]*\nalpha {2}running/.test(shown()))
  await run('start', 'beta')
  await until('the change', () => /2 running, 3 stopped[\s\S]*\nbeta {3}running/.test(shown()))
  box.tmux('resize-window', '-t', '=screen:', '-y', '6')
  await until('what has no room is counted', () => /… and \d more lines/.test(shown()))
  box.tmux('send-keys', '-t', '=screen:', 'C-c')
  await until('the end', () => shown().includes('ended with 0'))
  expect(shown()).not.toContain('stopped')
  expect(
    box.tmux('display-message', '-p', '-t', '=screen:', '#{cursor_flag}#{wrap_flag}#{alternate_on}'),
  ).toBe('110\n')
})

test('status --watch into a pipe: what has changed and no more; it ends with its reader', async () => {
  const {box, cwd, run} = town()
  const child = spawnGt(['witness', 'status', '--watch', '--jsonl', '--interval', '100ms'], {
    cwd,
    env: box.env,
  })
  const lines: {rig_name: string; running: boolean}[] = []
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trimEnd().split('\n')) lines.push(JSON.parse(line))
  })
  await until('all of them', () => lines.length === 5)
  await run('start', 'alpha')
  await until('the change', () => lines.length > 5)
  expect(lines[5]).toMatchObject({rig_name: 'alpha', running: true})
  expect(lines).toHaveLength(6)
  const end = finished(child)
  child.stdout?.destroy()
  await run('stop', 'alpha')
  expect((await end).code).toBe(0)
})

test('a town without a registry: unknown, not empty', async () => {
  const {cwd, run} = town()
  rmSync(join(cwd, 'mayor/rigs.json'))
  expect(await run('status', '--all')).toMatchObject({code: 1, stderr: expect.stringContaining('rigs.json')})
})
