// `gt backend conform`, on a real tmux server that has a session of the user's.
import {chmodSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {finished, gt, spawnGt} from '../support/cli.js'
import {type Sandbox, sandbox} from '../support/sandbox.js'
import {until} from '../support/until.js'

const names = (box: Sandbox) => box.tmux('list-sessions', '-F', '#{session_name}')

test('gt backend conform tmux --json: every case passes, and the user finds nothing changed', async () => {
  const box = sandbox()
  const temporary = join(box.dir, 'temporary')
  mkdirSync(temporary)
  box.tmux('new-session', '-d', '-s', 'gt-conform-mine', 'sleep 600')
  const env = {...box.env, TMPDIR: temporary}
  const {code, stdout, stderr} = await gt(['backend', 'conform', 'tmux', '--json'], {cwd: box.dir, env})
  const {cases, ...rest} = JSON.parse(stdout)
  const others = cases.filter(({outcome}: {outcome: string}) => outcome !== 'passed')
  expect(others).toEqual([
    expect.objectContaining({outcome: 'skipped', name: expect.stringMatching(/^unreachable: /)}),
  ])
  expect(rest).toEqual({backend: 'tmux', conforms: true})
  expect({code, stderr}).toEqual({code: 0, stderr: ''})
  await until('only the session of the user to be left', () => names(box) === 'gt-conform-mine\n')
  expect(readdirSync(temporary)).toEqual([])
})

test('gt backend conform of a backend that fails: says which cases, and exits with 1', async () => {
  const box = sandbox()
  const programs = join(box.dir, 'programs')
  mkdirSync(programs)
  writeFileSync(join(programs, 'tmux'), '#!/bin/sh\necho "out of order" >&2\nexit 1\n')
  chmodSync(join(programs, 'tmux'), 0o755)
  const env = {...box.env, PATH: `${programs}:${box.env.PATH}`}
  const {code, stdout} = await gt(['backend', 'conform', 'tmux'], {cwd: box.dir, env})
  expect(stdout).toMatch(/^failed {3}must {4}start: the session runs.* \(.*out of order.*\)$/m)
  expect(stdout).toMatch(/\n\ntmux does not conform: \d+ passed, \d+ failed, \d+ skipped\n$/)
  expect(code).toBe(1)
})

test('gt backend conform of a backend that nobody offers: names those that there are', async () => {
  const box = sandbox()
  const {code, stderr} = await gt(['backend', 'conform', 'screen'], {cwd: box.dir, env: box.env})
  expect(stderr).toMatch(/^Error: no plugin offers the session backend 'screen'\n.* Available: tmux\b.*\.\n$/)
  expect(code).toBe(1)
})

test('gt backend conform, interrupted: leaves no session behind', async () => {
  const box = sandbox()
  box.tmux('new-session', '-d', '-s', 'gt-conform-mine', 'sleep 600')
  const child = spawnGt(['backend', 'conform', 'tmux'], {cwd: box.dir, env: box.env})
  const result = finished(child)
  await until('a session of the run', () => names(box) !== 'gt-conform-mine\n')
  child.kill('SIGINT')
  expect(await result).toMatchObject({code: 130, stderr: 'Error: interrupted by SIGINT\n'})
  expect(names(box)).toBe('gt-conform-mine\n')
})
