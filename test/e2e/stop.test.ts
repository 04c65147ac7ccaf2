import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {finished, gt, launcher, spawnGt} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'
import {until} from '../support/until.js'

const session = 'gt-alpha-witness'

function town(agent = 'echo-agent') {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {agent: fixtureAgent(agent, {ready_prompt_prefix: '> '})})
  const run = (...args: string[]) => gt(['witness', ...args], {cwd, env: box.env})
  const option = (name: string) => box.tmux('show-options', '-q', '-v', '-t', `=${session}:`, name)
  const incarnation = () => option('@gt_incarnation')
  const isRunning = async () => JSON.parse((await run('status', 'alpha', '--json')).stdout).running as boolean
  return {box, cwd, run, option, incarnation, isRunning}
}

describe('how long it may take', () => {
  test('an agent that ignores TERM is killed after the grace period, or at once with --force', async () => {
    for (const flags of [['--grace', '100ms'], ['--force'], ['--grace', '0']]) {
      const {run, isRunning} = town('stubborn-agent')
      await run('start', 'alpha')
      const stopped = await run('stop', 'alpha', ...flags)
      expect(stopped).toMatchObject({code: 0, stdout: '✓ Witness stopped for alpha\n'})
      expect(await isRunning()).toBe(false)
    }
  })

  test('--grace and --force together make no sense, nor does a grace that is no duration', async () => {
    const {run} = town()
    expect((await run('stop', 'alpha', '--force', '--grace', '1s')).code).toBe(2)
    expect((await run('stop', 'alpha', '--grace', 'soon')).code).toBe(2)
  })
})

describe('from inside the session that it ends', () => {
  const inside = (...args: string[]) => `'${process.execPath}' '${launcher}' witness ${args.join(' ')}`

  test('stop ends it, although the command itself runs below the agent', async () => {
    const {box, run} = town('shell-agent')
    await run('start', 'alpha')
    box.tmux('send-keys', '-t', `=${session}:`, inside('stop', 'alpha'), 'Enter')
    const isStopped = async () => (await run('stop', 'alpha')).stdout.includes('not running')
    await until('the end of the session', isStopped)
  })

  test('restart replaces it', async () => {
    const {box, run, incarnation, isRunning} = town('shell-agent')
    await run('start', 'alpha')
    const before = incarnation()
    box.tmux('send-keys', '-t', `=${session}:`, inside('restart', 'alpha'), 'Enter')
    await until('another session', async () => (await isRunning()) && incarnation() !== before)
  })

  test('a pane that a person opened in it counts as inside, and ends with it', async () => {
    const {box, cwd, isRunning, run} = town()
    await run('start', 'alpha')
    box.tmux('split-window', '-t', `=${session}:`, '-c', cwd, inside('stop', 'alpha'))
    await until('the end of the session', async () => !(await isRunning()))
  })

  test('restart with --env is refused there: the values would stand in a process list', async () => {
    const {box, cwd, run, isRunning} = town()
    await run('start', 'alpha')
    const [, marker = ''] = box
      .tmux('show-environment', '-t', `=${session}:`, 'GT_SESSION_ID')
      .trim()
      .split('=')
    const env = {...box.env, GT_SESSION_ID: marker}
    const result = await gt(['witness', 'restart', 'alpha', '--env', 'KEY=sk-canary'], {cwd, env})
    expect(result.code).toBe(1)
    expect(result.stderr).toContain('cannot be restarted with --env from inside itself')
    expect(await isRunning()).toBe(true)
  })
})

describe('a stop that was interrupted', () => {
  async function interrupted() {
    const setting = town('stubborn-agent')
    const {box, cwd, run, option, incarnation} = setting
    await run('start', 'alpha')
    const before = incarnation()
    const stop = spawnGt(['witness', 'stop', 'alpha', '--grace', '60s'], {cwd, env: box.env})
    const end = finished(stop)
    await until('the stop to have begun', () => option('@gt_stopping') !== '')
    stop.kill('SIGKILL')
    await end
    expect(incarnation()).toBe(before)
    return {...setting, before}
  }

  test('status says so; the next start ends what is left and starts afresh', async () => {
    const {run, incarnation, isRunning, before} = await interrupted()
    const {reason} = JSON.parse((await run('status', 'alpha', '--json')).stdout)
    expect(reason).toMatch(/^its stop has begun/)
    expect((await run('start', 'alpha')).stdout).toContain('✓ Witness started for alpha')
    expect(incarnation()).not.toBe(before)
    expect(await isRunning()).toBe(true)
    // It would outlive the server of the sandbox.
    await run('stop', 'alpha', '--force')
  })

  test('the next stop finishes it', async () => {
    const {run, isRunning} = await interrupted()
    expect((await run('stop', 'alpha', '--force')).stdout).toBe('✓ Witness stopped for alpha\n')
    expect(await isRunning()).toBe(false)
  })
})

describe('an agent that outlived its tmux server', () => {
  /** Kills the server by its pid; the agent ignores the hang-up. */
  async function orphaned() {
    const setting = town('stubborn-agent')
    await setting.run('start', 'alpha')
    const [server, agent] = setting.box
      .tmux('display-message', '-p', '-t', `=${session}:`, '#{pid} #{pane_pid}')
      .split(' ')
      .map(Number)
    process.kill(server ?? 0, 'SIGKILL')
    await until('the end of the server', () => !existsSync(`/proc/${server}`))
    const agentLives = () => existsSync(`/proc/${agent}`)
    expect(agentLives()).toBe(true)
    return {...setting, agentLives}
  }

  test('stop ends it', async () => {
    const {run, agentLives} = await orphaned()
    expect((await run('stop', 'alpha', '--force')).stdout).toBe('✓ Witness stopped for alpha\n')
    await until('the end of the agent', () => !agentLives())
    expect((await run('stop', 'alpha')).stdout).toBe('⚠ Witness is not running\n')
  })

  test('start ends it before it starts another', async () => {
    const {run, agentLives, isRunning} = await orphaned()
    expect((await run('start', 'alpha')).stdout).toContain('✓ Witness started for alpha')
    await until('the end of the first agent', () => !agentLives())
    expect(await isRunning()).toBe(true)
    await run('stop', 'alpha', '--force')
  })

  test('an agent of the same name whose server lives, on another socket, is not touched', async () => {
    const {box, cwd, run, isRunning} = town('stubborn-agent')
    const elsewhere = {...box.env, GT_TMUX_SOCKET: 'elsewhere'}
    await gt(['witness', 'start', 'alpha'], {cwd, env: elsewhere})
    expect((await run('stop', 'alpha', '--force')).stdout).toBe('⚠ Witness is not running\n')
    expect(await isRunning()).toBe(false)
    const there = await gt(['witness', 'status', 'alpha', '--json'], {cwd, env: elsewhere})
    expect(JSON.parse(there.stdout).running).toBe(true)
    await gt(['witness', 'stop', 'alpha', '--force'], {cwd, env: elsewhere})
  })
})
