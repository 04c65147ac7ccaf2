import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {finished, gt, spawnGt} from '../support/cli.js'
import {type Sandbox, sandbox} from '../support/sandbox.js'
import {echoAgent, fixtureAgent, makeTown, useAgents} from '../support/town.js'
import {until} from '../support/until.js'

const session = 'gt-alpha-witness'

function town(
  agents: Record<string, unknown> = {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})},
) {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, agents)
  return {box, cwd, run: (...args: string[]) => gt(['witness', ...args], {cwd, env: box.env})}
}

function sessions(box: Sandbox): string[] {
  try {
    return box.tmux('list-sessions', '-F', '#S').trim().split('\n')
  } catch (error) {
    if (/no server running|error connecting/.test(String(error))) return []
    throw error
  }
}

describe('what the agent is given', () => {
  test('arguments, prompt, environment and directory arrive before its first line runs', async () => {
    const {box, cwd, run} = town({dump: fixtureAgent('dumping-agent', {ready_prompt_prefix: '>'})})
    const file = join(box.dir, 'dump.json')
    const tricky = `a'b"c$HOME\`id\`\\ \nö;#{x}`
    const result = await run(
      'start',
      'alpha',
      '--agent',
      'dump',
      '--env',
      `DUMP=${file}`,
      '--env',
      `ODD=${tricky}`,
    )
    expect(result).toMatchObject({code: 0, stderr: ''})
    const seen = JSON.parse(readFileSync(file, 'utf8'))
    expect(seen.argv).toEqual([
      'I am Witness for alpha. Start patrol: check gt hook, if empty create mol-witness-patrol wisp and execute it.',
    ])
    expect(seen.env).toMatchObject({
      ODD: tricky,
      GT_AGENT: 'dump',
      GT_ROLE: 'witness',
      GT_ROOT: cwd,
      GT_RIG: 'alpha',
    })
    expect(seen.cwd).toBe(join(cwd, 'alpha/witness'))
  })

  test('tmux shows the environment too, and the status line is the original one', async () => {
    const {box, run} = town()
    await run('start', 'alpha', '--env', 'FOO=bar')
    expect(box.tmux('show-environment', '-t', `=${session}:`)).toContain('FOO=bar\n')
    expect(box.tmux('show-options', '-t', `=${session}:`)).toContain('status-left "🦉 alpha/witness "')
  })

  test('the pane runs the agent itself: no shell, no wrapper', async () => {
    const {box, run} = town()
    await run('start', 'alpha')
    expect(box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_current_command}')).toBe('node\n')
  })

  test('an agent that takes no prompt is typed the startup messages', async () => {
    const {box, run} = town({
      echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> ', prompt_mode: 'none'}),
    })
    expect(await run('start', 'alpha')).toMatchObject({code: 0, stderr: ''})
    const screen = () => box.tmux('capture-pane', '-p', '-J', '-t', `=${session}:`)
    await until('both messages', () => screen().includes('heard: Run `gt prime` to check patrol status'))
    expect(screen()).toMatch(
      /heard: \[GAS TOWN\] alpha\/witness <- deacon • \d{4}-\d\d-\d\dT\d\d:\d\d • patrol/,
    )
  })

  test('Claude gets its settings, readable by their owner only, and never overwritten', async () => {
    const {box, cwd} = town({claude: {ready_prompt_prefix: '> '}})
    const programs = join(box.dir, 'bin')
    mkdirSync(programs)
    symlinkSync(echoAgent, join(programs, 'claude'))
    const env = {...box.env, PATH: `${programs}:${box.env.PATH}`}
    expect(await gt(['witness', 'start', 'beta'], {cwd, env})).toMatchObject({code: 0, stderr: ''})
    const file = join(cwd, 'beta/witness/.claude/settings.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('hooks.SessionStart')
    writeFileSync(file, '{"mine":true}')
    await gt(['witness', 'restart', 'beta'], {cwd, env})
    expect(readFileSync(file, 'utf8')).toBe('{"mine":true}')
  })
})

test('a town whose path means something to shells and to tmux is only a path', async () => {
  const box = sandbox()
  const cwd = makeTown(
    join(box.dir, `a #(touch pwned) "b" 'c' $(touch pwned) \`touch pwned\` #{session_name};d é`),
  )
  useAgents(cwd, {dump: fixtureAgent('dumping-agent', {ready_prompt_prefix: '>'})})
  const file = join(box.dir, 'dump.json')
  const run = (...args: string[]) => gt(['witness', ...args], {cwd, env: box.env})
  expect(await run('start', 'alpha', '--env', `DUMP=${file}`)).toMatchObject({code: 0, stderr: ''})
  const seen = JSON.parse(readFileSync(file, 'utf8'))
  expect(seen.cwd).toBe(join(cwd, 'alpha/witness'))
  expect(seen.env.GT_ROOT).toBe(cwd)
  expect(readdirSync(box.dir)).not.toContain('pwned')
  expect(readdirSync(cwd)).not.toContain('pwned')
  expect(JSON.parse((await run('status', 'alpha', '--json')).stdout).running).toBe(true)
  expect((await run('stop', 'alpha')).stdout).toBe('✓ Witness stopped for alpha\n')
})

describe('a start that fails leaves no session', () => {
  test('the agent exits: its code and the last lines of its screen, without the secret it was given', async () => {
    const {box, run} = town({bad: fixtureAgent('failing-agent', {ready_prompt_prefix: '> '})})
    const result = await run('start', 'alpha', '--env', 'API_KEY=sk-canary-123')
    expect(result.code).toBe(1)
    expect(result.stdout).toBe('Starting witness for alpha...\n')
    expect(result.stderr).toBe(
      [
        "Error: starting witness: agent 'bad' exited with code 3 before it was ready",
        'The last lines of its screen:',
        '  cannot reach the model',
        '  key: ***',
        '',
      ].join('\n'),
    )
    expect(sessions(box)).toEqual([])
  })

  test('the same as JSON', async () => {
    const {run} = town({bad: fixtureAgent('failing-agent')})
    const result = await run('start', 'alpha', '--json')
    expect(result.code).toBe(1)
    expect(JSON.parse(result.stdout).error).toMatchObject({
      code: 'AGENT_EXITED',
      exit: {code: 3},
      screen: ['cannot reach the model', 'key: none'],
    })
  })

  test('the agent shows a dialog and no prompt: it fails at the deadline, and no key was pressed', async () => {
    const {box, run} = town({silent: fixtureAgent('silent-agent', {ready_prompt_prefix: '❯ '})})
    const result = await run('start', 'alpha', '--timeout', '1s')
    expect(result.code).toBe(1)
    expect(result.stderr).toContain("agent 'silent' showed no sign of readiness within 1 s")
    expect(result.stderr).toContain('  ❯ 1. Yes')
    expect(result.stderr).not.toContain('pressed')
    expect(sessions(box)).toEqual([])
  })

  test('the agent is not installed', async () => {
    const {box, cwd} = town({claude: {}})
    const result = await gt(['witness', 'start', 'alpha'], {cwd, env: {...box.env, PATH: '/usr/bin:/bin'}})
    expect(result.stderr).toMatch(
      /^Error: starting witness: agent 'claude' is not installed: 'claude' not found in PATH\n/,
    )
    expect(result.code).toBe(1)
  })

  test('interrupted in the middle: exit 130, no session, no process', async () => {
    const {box, cwd} = town({silent: fixtureAgent('silent-agent', {ready_prompt_prefix: '❯ '})})
    const child = spawnGt(['witness', 'start', 'alpha'], {cwd, env: box.env})
    const end = finished(child)
    await until('the session', () => sessions(box).includes(session))
    const agent = Number(box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_pid}'))
    child.kill('SIGINT')
    expect(await end).toMatchObject({code: 130, stderr: 'Error: starting witness: interrupted by SIGINT\n'})
    expect(sessions(box)).toEqual([])
    await until('the end of the agent', () => !existsSync(`/proc/${agent}`))
  })
})

describe('a start over what is there', () => {
  test('over a session whose agent has ended: it is replaced, and status told the truth before', async () => {
    const {box, run} = town()
    await run('start', 'alpha')
    const pid = Number(box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_pid}'))
    process.kill(pid, 'SIGKILL')
    await until(
      'the end of the agent',
      () => box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_dead}') === '1\n',
    )
    const status = JSON.parse((await run('status', 'alpha', '--json')).stdout)
    expect(status).toMatchObject({running: false, liveness: 'dead', reason: 'its agent was ended by SIGKILL'})
    expect(status).not.toHaveProperty('session')
    expect((await run('status', 'alpha')).stdout).toContain(
      '  State: ○ stopped\n  Reason: its agent was ended by SIGKILL\n',
    )
    expect((await run('start', 'alpha')).stdout).toContain('✓ Witness started')
    expect(JSON.parse((await run('status', 'alpha', '--json')).stdout).running).toBe(true)
  })

  test('an unknown agent for a witness that runs: already running, as in the original', async () => {
    const {run} = town()
    await run('start', 'alpha')
    expect(await run('start', 'alpha', '--agent', 'nope')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('⚠ Witness is already running'),
    })
  })

  test('restart with an unknown agent: an error, and the running witness is not touched', async () => {
    const {box, run} = town()
    await run('start', 'alpha')
    const pid = box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_pid}')
    const result = await run('restart', 'alpha', '--agent', 'nope')
    expect(result.code).toBe(1)
    expect(result.stderr).toMatch(
      /^Error: starting witness: building startup command: agent 'nope' not found\n/,
    )
    expect(box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_pid}')).toBe(pid)
  })

  test('a session of that name of another town is named and left alone by every command', async () => {
    const {box, run} = town()
    const other = makeTown(join(box.dir, 'other'))
    useAgents(other, {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
    await gt(['witness', 'start', 'alpha'], {cwd: other, env: box.env})
    const pid = box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_pid}')
    for (const verb of ['start', 'stop', 'restart', 'status']) {
      const result = await run(verb, 'alpha')
      expect(result.code).toBe(1)
      expect(result.stderr).toContain(`session '${session}' belongs to another town: ${other}`)
    }
    expect(box.tmux('list-panes', '-t', `=${session}:`, '-F', '#{pane_pid}')).toBe(pid)
  })

  test("a session that the original made is this town's, by its GT_ROOT", async () => {
    const {box, cwd, run} = town()
    box.tmux('new-session', '-d', '-s', session, '-e', `GT_ROOT=${cwd}`, 'cat')
    expect(JSON.parse((await run('status', 'alpha', '--json')).stdout)).toMatchObject({
      running: true,
      session,
    })
    expect(await run('stop', 'alpha')).toMatchObject({code: 0, stdout: '✓ Witness stopped for alpha\n'})
    expect(sessions(box)).toEqual([])
  })

  test('a name that begins like ours is never hit', async () => {
    const {box, run} = town()
    box.tmux('new-session', '-d', '-s', `${session}-2`, 'cat')
    expect((await run('stop', 'alpha')).stdout).toBe('⚠ Witness is not running\n')
    expect(JSON.parse((await run('status', 'alpha', '--json')).stdout).running).toBe(false)
    expect(sessions(box)).toEqual([`${session}-2`])
  })
})

test('forty starts at once: one starts, the others find it running, all exit 0', async () => {
  const {box, run} = town()
  const results = await Promise.all(Array.from({length: 40}, () => run('start', 'alpha')))
  expect(results.filter(({code}) => code !== 0)).toEqual([])
  expect(results.filter(({stdout}) => stdout.includes('✓ Witness started'))).toHaveLength(1)
  expect(results.filter(({stdout}) => stdout.includes('⚠ Witness is already running'))).toHaveLength(39)
  expect(sessions(box)).toEqual([session])
})

test('a secret given with --env stands in no argument list but that of the command the user typed', async () => {
  const {box, cwd} = town()
  const child = spawnGt(['witness', 'start', 'alpha', '--env', 'API_KEY=sk-canary-456'], {cwd, env: box.env})
  const end = finished(child)
  let done = false
  const seen = new Set<string>()
  void end.finally(() => {
    done = true
  })
  await until(
    'the end of the start',
    () => {
      for (const [pid, words] of commandLines())
        if (pid !== child.pid && words.includes('sk-canary-456')) seen.add(words)
      return done
    },
    60_000,
  )
  expect((await end).code).toBe(0)
  expect([...seen]).toEqual([])
})

function* commandLines(): Generator<[number, string]> {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      yield [Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8')]
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' && code !== 'ESRCH') throw error
    }
  }
}
