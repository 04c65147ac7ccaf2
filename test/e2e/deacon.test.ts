// The deacon, linked as a plugin of the user's.
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {type CliResult, gt, launcher} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents, writeJson} from '../support/town.js'
import {until} from '../support/until.js'

const plugin = fileURLToPath(new URL('../../packages/plugin-deacon', import.meta.url))
const prompted = {ready_prompt_prefix: '> '}

async function town(agents: Record<string, unknown> = {echo: fixtureAgent('echo-agent', prompted)}) {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, agents)
  const linked = await gt(['plugins', 'link', '--no-install', plugin], {cwd, env: box.env})
  expect(linked).toMatchObject({code: 0})
  const run = (...args: string[]) => gt(['deacon', ...args], {cwd, env: box.env})
  const gtIn = (...args: string[]) => gt(args, {cwd, env: box.env})
  const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout)
  return {box, cwd, run, gtIn, json}
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const failed = (result: CliResult, message: string) =>
  expect({code: result.code, stderr: result.stderr.split('\n')[0]}).toEqual({
    code: 1,
    stderr: `Error: ${message}`,
  })

describe('its session', () => {
  test('start, start again, status, stop, stop again: the original texts and exit codes', async () => {
    const {box, cwd, run} = await town()
    const stopped = '○ Deacon session is not running\n\nStart with: gt deacon start\n'
    expect(await run('status')).toEqual({code: 0, stdout: stopped, stderr: ''})
    expect(await run('start')).toEqual({
      code: 0,
      stdout: 'Starting Deacon session...\n✓ Deacon session started. Attach with: gt deacon attach\n',
      stderr: '',
    })
    expect(box.tmux('list-sessions', '-F', '#S #{session_path}')).toBe(`hq-deacon ${join(cwd, 'deacon')}\n`)
    const again = 'Deacon session already running. Attach with: gt deacon attach'
    failed(await run('start'), again)
    failed(await run('spawn'), again)
    const lines = (await run('status')).stdout.split('\n')
    expect(lines[0]).toBe('● Deacon session is running')
    expect(lines[1]).toBe('  Status: detached')
    expect(lines[2]).toMatch(/^ {2}Created: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    expect(lines.slice(-3)).toEqual(['', 'Attach with: gt deacon attach', ''])
    expect((await run('stop')).stdout).toBe('✓ Deacon session stopped.\n')
    failed(await run('stop'), 'Deacon session is not running')
    expect((await run('status')).stdout).toBe(stopped)
  })

  test('what the agent is given, in a directory that start makes', async () => {
    const {box, cwd, run} = await town({dump: fixtureAgent('dumping-agent', prompted)})
    const file = join(box.dir, 'dump.json')
    expect(existsSync(join(cwd, 'deacon'))).toBe(false)
    await run('start', '--env', `DUMP=${file}`)
    const seen = readJson(file)
    expect(seen.cwd).toBe(join(cwd, 'deacon'))
    expect(seen.argv[0]).toMatch(/^I am Deacon\. Start patrol: /)
    expect(seen.env).toMatchObject({
      BD_ACTOR: 'deacon',
      GIT_AUTHOR_NAME: 'deacon',
      GIT_CEILING_DIRECTORIES: cwd,
      GT_ROLE: 'deacon',
      GT_ROOT: cwd,
      GT_SCOPE: 'town',
      GT_SESSION: 'hq-deacon',
    })
    expect(seen.env).not.toHaveProperty('GT_RIG')
    const options = box.tmux('show-options', '-t', '=hq-deacon:')
    expect(options).toContain('status-left "🐺 Deacon "')
    expect(options).toMatch(/status-style .*bg=#2d1f3d,fg=#c0b0d0/)
  })

  test('as JSON, refusals too', async () => {
    const {json} = await town()
    expect(await json('status')).toMatchObject({running: false, paused: false, session: 'hq-deacon'})
    expect(await json('start')).toMatchObject({outcome: 'started', session: 'hq-deacon', agent: 'echo'})
    expect(await json('start')).toMatchObject({error: {code: 'ALREADY_RUNNING'}})
    expect(await json('status')).toMatchObject({
      running: true,
      liveness: 'alive',
      agent: 'echo',
      state: 'idle',
    })
    expect(await json('restart')).toMatchObject({outcome: 'restarted', was_running: true})
    expect(await json('stop')).toEqual({outcome: 'stopped', session: 'hq-deacon'})
    expect(await json('stop')).toMatchObject({error: {code: 'NOT_RUNNING'}})
  })

  test('restart starts it where it does not run; peek knows its address; attach needs a terminal', async () => {
    const {run, gtIn} = await town()
    expect((await run('restart')).stdout).toBe(
      "Restarting Deacon...\n✓ Deacon restarted\n  Use 'gt deacon attach' to connect\n",
    )
    expect((await gtIn('peek', 'deacon')).stdout).toContain('echo-agent, process')
    failed(await run('attach'), 'attach needs a terminal')
    failed(await run('at'), 'attach needs a terminal')
  })

  test('attach in a terminal starts it and shows it; detaching leaves it running', async () => {
    const {box, cwd, json} = await town()
    const terminal = (...args: string[]) =>
      execFileSync('tmux', ['-u', '-L', 'terminal', ...args], {env: box.env, encoding: 'utf8'})
    const shell = ['-x', '100', '-y', '30', '-c', cwd, '/bin/sh']
    terminal('-f', '/dev/null', 'new-session', '-d', '-s', 'screen', ...shell)
    const shown = () => terminal('capture-pane', '-p', '-t', '=screen:')
    const attach = `env -u TMUX -u TMUX_PANE '${process.execPath}' '${launcher}' deacon attach; echo "ended $?"`
    terminal('send-keys', '-t', '=screen:', attach, 'Enter')
    await until('the agent on the terminal', () => shown().includes('asked to: I am Deacon.'))
    expect((await json('status')).attached).toBe(true)
    terminal('send-keys', '-t', '=screen:', 'C-b', 'd')
    await until('the end of attach', () => shown().includes('ended 0'))
    expect(shown()).toContain('Deacon session not running, starting...')
    expect(await json('status')).toMatchObject({running: true, attached: false})
  })

  test('a start that fails says so and leaves no session', async () => {
    const {run, json} = await town({bad: fixtureAgent('failing-agent', prompted)})
    failed(await run('start'), "starting deacon: agent 'bad' exited with code 3 before it was ready")
    expect(await json('status')).toMatchObject({running: false})
  })

  test('outside of a town, and called wrongly', async () => {
    const {box, run} = await town()
    const outside = await gt(['deacon', 'status'], {cwd: box.dir, env: box.env})
    failed(outside, 'not in a Gas Town workspace')
    expect(await run('start', 'alpha')).toMatchObject({code: 2})
    expect((await run()).stderr).toContain('requires a subcommand')
  })
})

describe('pause, resume, heartbeat', () => {
  test('a paused deacon is shown as such, gives no heartbeat, and is resumed', async () => {
    const {cwd, run, json} = await town()
    const file = join(cwd, '.runtime/deacon/paused.json')
    expect((await run('pause', '--reason', 'testing')).stdout).toBe(
      [
        '⏸️ Deacon paused',
        '  Reason: testing',
        `  Pause file: ${file}`,
        '',
        'The Deacon will not perform any patrol actions until resumed.',
        'Resume with: gt deacon resume',
        '',
      ].join('\n'),
    )
    const pause = readJson(file)
    expect(pause).toEqual({
      paused: true,
      reason: 'testing',
      paused_at: expect.stringMatching(/Z$/),
      paused_by: 'human',
    })
    expect((await run('pause', '--reason', 'other')).stdout).toContain(
      '○ Deacon is already paused\n  Reason: testing',
    )
    expect(await json('status')).toMatchObject({paused: true, pause: {reason: 'testing'}})
    expect((await run('status')).stdout).toContain('⏸️ DEACON PAUSED\n  Reason: testing\n')
    failed(await run('heartbeat'), 'Deacon is paused')
    expect((await run('resume')).stdout).toBe(
      '▶️ Deacon resumed\nThe Deacon can now perform patrol actions.\n',
    )
    expect((await run('resume')).stdout).toBe('○ Deacon is not paused\n')
    expect(existsSync(file)).toBe(false)
  })

  test('each heartbeat is a new cycle', async () => {
    const {cwd, run, json} = await town()
    expect((await run('heartbeat')).stdout).toBe('✓ Heartbeat updated\n')
    const action = 'checking witnesses'
    expect((await run('heartbeat', ...action.split(' '))).stdout).toBe(`✓ Heartbeat updated: ${action}\n`)
    expect(readJson(join(cwd, 'deacon/heartbeat.json'))).toEqual({
      timestamp: expect.stringMatching(/Z$/),
      cycle: 2,
      last_action: action,
      healthy_agents: 0,
      unhealthy_agents: 0,
    })
    expect((await run('status')).stdout).toMatch(
      /\n\n {2}Heartbeat: \d+s ago \(cycle 2\)\n {2}Last action: checking witnesses\n {2}Health: fresh\n/,
    )
    expect(await json('status')).toMatchObject({heartbeat: {cycle: 2, fresh: true, very_stale: false}})
  })

  test('twenty heartbeats at once: twenty cycles, and a file that is whole', async () => {
    const {cwd, run} = await town()
    await Promise.all(Array.from({length: 20}, () => run('heartbeat')))
    expect(readJson(join(cwd, 'deacon/heartbeat.json')).cycle).toBe(20)
    expect(readdirSync(join(cwd, 'deacon'))).toEqual(['heartbeat.json'])
  })

  test('a heartbeat file that was cut is set aside, named, and begun anew', async () => {
    const {cwd, run} = await town()
    const file = join(cwd, 'deacon/heartbeat.json')
    mkdirSync(join(cwd, 'deacon'))
    writeFileSync(file, '{"timestamp":"2026-')
    const {code, stderr} = await run('heartbeat')
    expect(code).toBe(0)
    expect(stderr).toMatch(`warning: ${file} cannot be used; it was set aside as ${file}.unusable-`)
    expect(readJson(file).cycle).toBe(1)
  })

  test('a pause file that was cut still means paused, until it is resumed', async () => {
    const {cwd, run, json} = await town()
    mkdirSync(join(cwd, '.runtime/deacon'), {recursive: true})
    writeFileSync(join(cwd, '.runtime/deacon/paused.json'), '{"paused":tr')
    expect(await json('status')).toMatchObject({paused: true})
    failed(await run('heartbeat'), 'Deacon is paused')
    expect((await run('resume')).stdout).toContain('Deacon resumed')
    expect(await json('status')).toMatchObject({paused: false})
  })
})

describe('health of agents', () => {
  const agent = 'alpha/witness'

  async function watched(entry: Record<string, unknown>) {
    const setting = await town({agent: entry})
    expect((await setting.gtIn('witness', 'start', 'alpha')).code).toBe(0)
    return setting
  }

  test('an idle agent passes, one that does not run is no failure', async () => {
    const {run, json} = await watched(fixtureAgent('echo-agent', prompted))
    expect(await run('health-check', agent)).toEqual({
      code: 0,
      stdout: `✓ Agent ${agent} responded (failures reset to 0)\n`,
      stderr: '',
    })
    expect(await run('health-check', 'beta/witness')).toMatchObject({
      code: 0,
      stdout: '○ Agent beta/witness session not running\n',
    })
    const {agents} = await json('health-state')
    expect(Object.keys(agents)).toEqual([agent])
  })

  test('a silent agent fails, is recommended for the kill with exit code 5, killed once, and left alone', async () => {
    const {run, json, gtIn} = await watched({command: '/bin/cat', prompt_mode: 'none'})
    const check = () => run('health-check', agent, '--timeout', '100ms', '--failures', '2')
    const watching = `→ Watching ${agent}...\n`
    expect(await check()).toMatchObject({
      code: 0,
      stdout: `${watching}⚠ Agent ${agent} did not respond (consecutive failures: 1/2)\n`,
    })
    expect(await check()).toMatchObject({
      code: 5,
      stdout: `${watching}⚠ Agent ${agent} did not respond (consecutive failures: 2/2)\n✗ Agent ${agent} should be force-killed\n`,
    })
    expect((await run('heartbeat')).code).toBe(0)
    expect(await json('status')).toMatchObject({heartbeat: {cycle: 1}})
    expect((await run('force-kill', agent)).stdout).toBe(`✓ Force-killed agent ${agent} (total kills: 1)\n`)
    expect(JSON.parse((await gtIn('witness', 'status', 'alpha', '--json')).stdout).running).toBe(false)
    const {agents} = await json('health-state')
    expect(agents[agent]).toMatchObject({
      consecutive_failures: 0,
      force_kill_count: 1,
      last_force_kill_reason: 'unresponsive after 2 consecutive health check failures',
    })
    expect((await run('health-state')).stdout).toContain(`Agent: ${agent}\n  Last ping: `)
    expect((await check()).stdout).toContain(`○ Agent ${agent} is in cooldown (remaining: `)
    const refused = await run('force-kill', agent)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(
      /^Error: agent alpha\/witness is in cooldown \(remaining: .*\) - cannot force-kill yet\n/,
    )
  })

  test('an agent that works passes by what it prints', async () => {
    const args = ['-e', 'setInterval(() => console.log(Date.now()), 100)']
    const {json} = await watched({command: process.execPath, args, prompt_mode: 'none'})
    expect(await json('health-check', agent)).toEqual({
      agent,
      outcome: 'responded',
      state: 'unknown',
      consecutive_failures: 0,
      should_force_kill: false,
    })
  })

  test('an agent that ended fails at once', async () => {
    const {box, run, json} = await watched(fixtureAgent('echo-agent', prompted))
    box.tmux('send-keys', '-t', '=gt-alpha-witness:', 'C-d')
    const check = async () => (await json('health-check', agent)).outcome
    await until('its end', async () => (await check()) === 'no_response')
    expect((await run('health-check', agent, '--failures', '1')).code).toBe(5)
  })

  test('force-kill of an agent that ended keeps how, without a value of its environment', async () => {
    const {box, cwd, run, gtIn} = await town({dying: fixtureAgent('dying-agent', prompted)})
    expect((await gtIn('witness', 'start', 'alpha', '--env', 'API_KEY=sk-canary-456')).code).toBe(0)
    box.tmux('send-keys', '-t', '=gt-alpha-witness:', '7', 'Enter')
    const dead = () => box.tmux('list-panes', '-t', '=gt-alpha-witness:', '-F', '#{pane_dead}').trim()
    await until('the end of the agent', () => dead() === '1')
    expect(await run('force-kill', agent)).toMatchObject({code: 0, stderr: ''})
    const folder = join(cwd, 'alpha/.runtime/post-mortem')
    const [name = ''] = readdirSync(folder)
    expect(readJson(join(folder, name)).screen).toEqual(['key: ***', '> 7', 'exiting with 7'])
  })

  test('force-kill of what does not run does nothing, and of no address is wrong usage', async () => {
    const {run, json} = await town()
    expect(await run('force-kill', agent)).toMatchObject({
      code: 0,
      stdout: `○ Agent ${agent} session not running\n`,
    })
    for (const verb of ['force-kill', 'health-check']) {
      expect((await run(verb, '../../x')).code).toBe(2)
      expect((await run(verb)).code).toBe(2)
    }
    expect(await json('health-state')).toEqual({agents: {}})
  })

  test("the original's state file is read, its year 1 as never", async () => {
    const {cwd, json, run} = await town()
    mkdirSync(join(cwd, 'deacon'))
    const never = '0001-01-01T00:00:00Z'
    writeJson(join(cwd, 'deacon/health-check-state.json'), {
      agents: {
        [agent]: {
          agent_id: agent,
          last_ping_time: '2026-01-20T12:00:00.5Z',
          last_response_time: never,
          consecutive_failures: 1,
          last_force_kill_time: never,
          force_kill_count: 0,
        },
      },
      last_updated: '2026-01-20T12:00:00.5Z',
    })
    const {agents} = await json('health-state')
    expect(agents[agent]).toEqual({
      agent_id: agent,
      last_ping_time: '2026-01-20T12:00:00.5Z',
      consecutive_failures: 1,
      force_kill_count: 0,
    })
    expect((await run('health-state')).stdout).not.toContain('Last response')
  })
})
