// The real output of `status --json`, held against the schema that is published for it.
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'
import {until} from '../support/until.js'

const session = 'gt-alpha-witness'
const schemaFile = new URL('../../docs/schema/witness-status.schema.json', import.meta.url)
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'))
const ajv = new Ajv2020({
  allErrors: true,
  formats: {'date-time': (text: string) => !Number.isNaN(Date.parse(text)) && text.includes('T')},
})
const states = ['running', 'dead', 'stopped', 'outlived', 'failed']
const checks = states.map((name) => ({
  name,
  check: ajv.compile({...schema, oneOf: [{$ref: `#/$defs/${name}`}]}),
}))
const whole = ajv.compile(schema)

function town() {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {dying: fixtureAgent('dying-agent', {ready_prompt_prefix: '> '})})
  const run = (...args: string[]) => gt(['witness', ...args], {cwd, env: box.env})
  const status = async (rig: string, env = box.env) =>
    JSON.parse((await gt(['witness', 'status', rig, '--json'], {cwd, env})).stdout)
  const die = async (code: number) => {
    box.tmux('send-keys', '-t', `=${session}:`, String(code), 'Enter')
    await until(
      'the end of the agent',
      () => box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_dead}') === '1\n',
    )
  }
  return {box, cwd, run, status, die}
}

/** Which of the schema's states the output is; the whole schema has to take it, too. */
function stateOf(output: unknown): string[] {
  expect(whole(output) ? [] : whole.errors).toEqual([])
  return checks.filter(({check}) => check(output)).map(({name}) => name)
}

test('alive: the original keys first, then the evidence', async () => {
  const {box, run, status} = town()
  expect(await run('start', 'alpha')).toMatchObject({code: 0, stderr: ''})
  const output = await status('alpha')
  expect(stateOf(output)).toEqual(['running'])
  expect(Object.keys(output)).toEqual([
    ...['running', 'rig_name', 'session', 'monitored_polecats', 'liveness'],
    ...['agent', 'backend', 'pid', 'started_at', 'attached', 'last_activity_at', 'state', 'evidence'],
  ])
  expect(output).toMatchObject({running: true, liveness: 'alive', agent: 'dying', backend: 'tmux'})
  expect(output.attached).toBe(false)
  expect(output.state).toEqual({
    value: 'idle',
    evidence: [{source: 'screen', says: 'idle', value: '>', age_ms: expect.any(Number)}],
  })
  const now = (value: string, source: string) => ({value, source, age_ms: 0})
  expect(output.evidence).toEqual({
    session: now('present', 'tmux'),
    terminal: now('open', 'tmux'),
    process: now('running', 'system'),
    readiness: {value: 'ready', source: 'start', age_ms: expect.any(Number)},
  })
  expect(output.evidence.readiness.age_ms).toBeGreaterThan(0)
  expect(() => process.kill(output.pid, 0)).not.toThrow()
  const [created, activity] = box
    .tmux('list-panes', '-t', `=${session}:`, '-F', '#{session_created} #{window_activity}')
    .trim()
    .split(' ')
    .map((seconds) => new Date(Number(seconds) * 1000).toISOString())
  expect(output).toMatchObject({started_at: created, last_activity_at: activity})
})

test('dead: how it ended, and where that is kept', async () => {
  const {run, status, die} = town()
  await run('start', 'alpha')
  await die(7)
  const output = await status('alpha')
  expect(stateOf(output)).toEqual(['dead'])
  expect(output).toMatchObject({
    running: false,
    liveness: 'dead',
    exit: {code: 7},
    reason: 'its agent exited with code 7',
    evidence: {
      session: {value: 'present'},
      terminal: {value: 'closed'},
      process: {value: 'ended', source: 'tmux'},
    },
  })
  expect(output).toHaveProperty('post_mortem')
})

test('stopped, with and without polecats: dead, and nothing else', async () => {
  const {status} = town()
  expect(stateOf(await status('alpha'))).toEqual(['stopped'])
  const output = await status('gamma')
  expect(stateOf(output)).toEqual(['stopped'])
  expect(output).toEqual({
    running: false,
    rig_name: 'gamma',
    liveness: 'dead',
    evidence: {session: {value: 'absent', source: 'tmux', age_ms: 0}},
  })
})

test('a session that the original made has no agent', async () => {
  const {box, cwd, status} = town()
  box.tmux('new-session', '-d', '-s', session, '-e', `GT_ROOT=${cwd}`, 'cat')
  const output = await status('alpha')
  expect(stateOf(output)).toEqual(['running'])
  expect(output).not.toHaveProperty('agent')
  expect(output.evidence).not.toHaveProperty('readiness')
})

test('its tmux server was killed, and it ignores the hang-up: it outlived its session, until a stop', async () => {
  const {box, cwd, run, status} = town()
  const script = 'trap "" HUP; echo "> "; while :; do sleep 1; done'
  useAgents(cwd, {stubborn: {command: '/bin/sh', args: ['-c', script], ready_prompt_prefix: '> '}})
  expect(await run('start', 'alpha')).toMatchObject({code: 0, stderr: ''})
  const {pid} = await status('alpha')
  process.kill(Number(box.tmux('display-message', '-p', '#{pid}')), 'SIGKILL')
  const output = await until('status to see it', async () => {
    const seen = await status('alpha')
    return seen.running === false && seen
  })
  expect(stateOf(output)).toEqual(['outlived'])
  expect(output.reason).toBe(
    `its session is gone, but its agent (pid ${pid}) lives on; start or stop ends it`,
  )
  expect(output.evidence).toMatchObject({session: {value: 'absent'}, process: {value: 'running'}})
  expect((await run('status', 'alpha')).stdout).toContain(`(pid ${pid}) lives on`)
  expect((await run('stop', 'alpha')).code).toBe(0)
  expect(stateOf(await status('alpha'))).toEqual(['stopped'])
})

test('errors: an unknown rig, and a backend that cannot tell', async () => {
  const {box, run, status} = town()
  const unknownRig = await status('nosuch')
  expect(stateOf(unknownRig)).toEqual(['failed'])
  await run('start', 'alpha')
  const unknown = await status('alpha', {...box.env, PATH: join(box.dir, 'empty')})
  expect(stateOf(unknown)).toEqual(['failed'])
  expect(unknown).toMatchObject({error: {code: 'BACKEND_UNAVAILABLE'}, liveness: 'unknown'})
})

test('a key that nobody knows, and unknown beside running, are refused', async () => {
  const evidence = {session: {value: 'absent', source: 'tmux', age_ms: 0}}
  const output = {running: false, rig_name: 'gamma', liveness: 'dead', evidence}
  expect(whole(output)).toBe(true)
  expect(whole({...output, more: 1})).toBe(false)
  expect(whole({...output, liveness: 'unknown'})).toBe(false)
})
