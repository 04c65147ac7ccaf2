// A machine without any AI agent: the witness runs all the same, by rules.
import {execFileSync} from 'node:child_process'
import {mkdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {writeJson} from '../support/town.js'
import {polecatTown} from './support/polecat-town.js'

const SETTINGS = {type: 'town-settings', version: 1}

/** A town without settings of agents, and a PATH with nothing but what gt itself needs. */
async function bareTown(settings: Record<string, unknown> = {}) {
  const {box, cwd, env} = await polecatTown()
  const bin = join(box.dir, 'only')
  mkdirSync(bin)
  for (const name of ['git', 'tmux', 'sh']) {
    symlinkSync(
      execFileSync('/bin/sh', ['-c', `command -v ${name}`], {encoding: 'utf8'}).trim(),
      join(bin, name),
    )
  }
  writeJson(join(cwd, 'settings/config.json'), {...SETTINGS, ...settings})
  return (...args: string[]) => gt(args, {cwd, env: {...env, PATH: bin}})
}

test('No agent is configured or installed: the witness is the patrol, and start and restart say so', async () => {
  const run = await bareTown()
  const started = await run('witness', 'start', 'alpha')
  expect(started).toMatchObject({code: 0, stderr: ''})
  const line = "  It runs the built-in agent 'patrol', by rules: no AI agent is configured or installed\n"
  expect(started.stdout).toContain(`✓ Witness started for alpha\n${line}`)
  expect((await run('witness', 'restart', 'alpha')).stdout).toContain(line)
  const restarted = JSON.parse((await run('witness', 'restart', 'alpha', '--json')).stdout)
  expect(restarted).toMatchObject({outcome: 'restarted', agent: 'patrol', agent_fallback: true})
  expect((await run('peek', 'alpha/witness')).stdout).toContain('patrol cycle ')
  expect((await run('doctor')).stdout).toContain('patrol is what a witness runs, since no AI agent')
  expect(await run('witness', 'stop', 'alpha')).toMatchObject({code: 0})
  expect((await run('witness', 'start', '--all')).stdout).toContain(
    '✓ alpha: started with the built-in agent\n',
  )
  expect(JSON.parse((await run('witness', 'restart', '--all', '--json')).stdout)).toEqual([
    {rig_name: 'alpha', outcome: 'restarted', agent_fallback: true},
  ])
  expect(await run('witness', 'stop', '--all')).toMatchObject({code: 0})
})

test('A worker needs an agent that can work: it fails clearly, and nothing is left of it', async () => {
  const run = await bareTown()
  const spawned = await run('polecat', 'spawn', 'alpha', 'nux', '--task', 'work')
  expect(spawned).toMatchObject({code: 1, stderr: expect.stringContaining("agent 'claude' is not installed")})
  expect((await run('polecat', 'list', 'alpha')).stdout).toBe('alpha has no polecats\n')
  expect((await run('polecat', 'spawn', 'alpha', '--agent', 'patrol')).stderr).toContain("'patrol' not found")
})

test('A configured agent that is not installed stays an error', async () => {
  const run = await bareTown({default_agent: 'codex'})
  expect(await run('witness', 'start', 'alpha')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("agent 'codex' is not installed"),
  })
})
