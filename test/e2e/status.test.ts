import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {countingTmux} from '../support/counting-tmux.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'

function town() {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
  return {
    box,
    cwd,
    run: (args: string[], env: Record<string, string> = {}) => gt(args, {cwd, env: {...box.env, ...env}}),
  }
}

test('status --json costs one tmux process and no other', async () => {
  const {box, run} = town()
  await run(['witness', 'start', 'alpha'])
  const counted = countingTmux(box)
  // Nothing else is on PATH: any other program that it tried to run would make it fail.
  const {code, stdout} = await run(['witness', 'status', 'alpha', '--json'], {PATH: counted.path})
  expect(code).toBe(0)
  expect(JSON.parse(stdout).running).toBe(true)
  expect(counted.calls()).toHaveLength(1)
})

describe('emphasis', () => {
  const escapeCharacter = String.fromCharCode(27)

  test.each([
    ['none when piped', {}, false],
    ['FORCE_COLOR', {FORCE_COLOR: '1'}, true],
    ['CLICOLOR_FORCE', {CLICOLOR_FORCE: '1'}, true],
    ['NO_COLOR goes over both', {NO_COLOR: '1', FORCE_COLOR: '1', CLICOLOR_FORCE: '1'}, false],
  ])('%s', async (_, env: Record<string, string>, expected) => {
    const {run} = town()
    const {stdout} = await run(['witness', 'status', 'alpha'], env)
    expect(stdout.includes(escapeCharacter)).toBe(expected)
    expect(stdout).toContain('🦉')
  })

  test('the owl and the heading are bold, what is stopped or empty is dim', async () => {
    const {run} = town()
    const {stdout} = await run(['witness', 'status', 'beta'], {FORCE_COLOR: '1'})
    const bold = (text: string) => `${escapeCharacter}[1m${text}${escapeCharacter}[22m`
    const dim = (text: string) => `${escapeCharacter}[2m${text}${escapeCharacter}[22m`
    for (const part of [bold('🦉'), dim('○ stopped'), bold('Monitored Polecats:'), dim('(none)')]) {
      expect(stdout).toContain(part)
    }
  })
})

test('--json=true and --json=false mean what they say, as in the original', async () => {
  const {run} = town()
  expect(JSON.parse((await run(['witness', 'status', 'alpha', '--json=true'])).stdout).rig_name).toBe('alpha')
  expect((await run(['witness', 'status', 'alpha', '--json=false'])).stdout).toContain('State: ○ stopped')
})

test('GT_CONTENT_TYPE does not switch JSON on', async () => {
  const {run} = town()
  expect((await run(['witness', 'status', 'alpha'], {GT_CONTENT_TYPE: 'json'})).stdout).toContain('State:')
})

test('every command of gt has --json', async () => {
  const {run} = town()
  const ids = ['witness start', 'witness stop', 'witness restart', 'witness status', 'witness attach']
  for (const id of [...ids, 'rig list', 'rig add', 'rig remove', 'install', 'trust', 'help exit-codes']) {
    expect((await run([...id.split(' '), '--help'])).stdout).toContain('--json')
  }
})

test('the exit codes are printed', async () => {
  const {run} = town()
  const {stdout, code} = await run(['help', 'exit-codes'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^ {2}0 {2}Done/)
})
