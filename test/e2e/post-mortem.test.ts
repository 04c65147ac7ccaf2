// What is kept of a witness that died, whoever notices it.
import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {basename, join} from 'node:path'
import {describe, expect, onTestFinished, test} from 'vitest'
import {finished, gt, spawnGt} from '../support/cli.js'
import {countingTmux} from '../support/counting-tmux.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents} from '../support/town.js'
import {until} from '../support/until.js'

const session = 'gt-alpha-witness'
const WARNING = /^warning: the post-mortem of session 'gt-alpha-witness' could not be kept: .*\n$/
const root = process.getuid?.() === 0

function town(agent = 'dying-agent') {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {[agent]: fixtureAgent(agent, {ready_prompt_prefix: '> '})})
  const folder = join(cwd, 'alpha/.runtime/post-mortem')
  const run = (...args: string[]) => gt(['witness', ...args], {cwd, env: box.env})
  const panes = (format: string) => box.tmux('list-panes', '-t', `=${session}:`, '-F', format).trim()
  return {
    box,
    cwd,
    folder,
    run,
    panes,
    status: async () => JSON.parse((await run('status', 'alpha', '--json')).stdout),
    files: () => (existsSync(folder) ? readdirSync(folder).sort() : []),
    /** Starts the witness and ends its agent by the code. */
    async startAndDie(code = 7, ...options: string[]) {
      expect((await run('start', 'alpha', ...options)).code).toBe(0)
      box.tmux('send-keys', '-t', `=${session}:`, String(code), 'Enter')
      await until('the end of the agent', () => panes('#{pane_dead}') === '1')
    },
  }
}

function read(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

describe('status notices the death', () => {
  test('by exit code: what is known is kept, for the owner only', async () => {
    const {folder, panes, startAndDie, status, files} = town()
    await startAndDie(7)
    const {post_mortem: file, started_at} = await status()
    const [name = ''] = files()
    expect(file).toBe(join(folder, name))
    expect(name).toMatch(/^witness-\d{8}T\d{6}Z-[0-9a-f]{16}\.json$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const kept = read(file)
    expect(kept).toMatchObject({
      version: 1,
      rig: 'alpha',
      role: 'witness',
      session,
      agent: 'dying-agent',
      backend: 'tmux',
      pid: Number(panes('#{pane_pid}')),
      started_at,
      exit: {code: 7},
      reason: 'its agent exited with code 7',
    })
    expect(kept.screen.at(-1)).toBe('exiting with 7')
    expect(Date.parse(kept.noticed_at)).toBeGreaterThanOrEqual(Date.parse(started_at))
  })

  test('what the agent was given with --env stands in no file, though it stands on the screen', async () => {
    const {cwd, startAndDie, status} = town()
    await startAndDie(7, '--env', 'API_KEY=sk-canary-456')
    const {post_mortem: file} = await status()
    expect(read(file).screen[0]).toBe('key: ***')
    expect(() => execFileSync('grep', ['-r', 'sk-canary', cwd])).toThrow(expect.objectContaining({status: 1}))
  })

  test('by signal', async () => {
    const {run, panes, status} = town()
    await run('start', 'alpha')
    process.kill(Number(panes('#{pane_pid}')), 'SIGKILL')
    await until('the end of the agent', () => panes('#{pane_dead}') === '1')
    expect(read((await status()).post_mortem)).toMatchObject({
      exit: {signal: 'SIGKILL'},
      reason: 'its agent was ended by SIGKILL',
    })
  })

  test('the text says the reason and no more', async () => {
    const {startAndDie, run} = town()
    await startAndDie(7)
    expect((await run('status', 'alpha')).stdout.split('\n').slice(0, 6)).toEqual([
      '🦉 Witness: alpha',
      '',
      '  State: ○ stopped',
      '  Reason: its agent exited with code 7',
      '',
      '  Monitored Polecats:',
    ])
  })

  test('again: the file stays as it is, and the look costs one tmux process', async () => {
    const {box, cwd, startAndDie, status} = town()
    await startAndDie()
    const first = await status()
    const text = readFileSync(first.post_mortem, 'utf8')
    const counted = countingTmux(box)
    const again = await gt(['witness', 'status', 'alpha', '--json'], {
      cwd,
      env: {...box.env, PATH: counted.path},
    })
    const {evidence: _, ...second} = JSON.parse(again.stdout)
    expect(first).toMatchObject(second)
    expect(readFileSync(first.post_mortem, 'utf8')).toBe(text)
    expect(counted.calls()).toHaveLength(1)
  })

  test('several at once: one file, whole, and nobody is disturbed', async () => {
    const {folder, startAndDie, run, files} = town()
    await startAndDie()
    const results = await Promise.all(Array.from({length: 4}, () => run('status', 'alpha', '--json')))
    expect(results.map(({code, stderr}) => ({code, stderr}))).toEqual(Array(4).fill({code: 0, stderr: ''}))
    expect(files()).toHaveLength(1)
    for (const {stdout} of results)
      expect(JSON.parse(stdout).post_mortem).toBe(join(folder, files()[0] ?? ''))
    expect(read(join(folder, files()[0] ?? '')).exit).toEqual({code: 7})
  })
})

describe('other commands notice it', () => {
  test('stop keeps it before the session goes', async () => {
    const {folder, startAndDie, run, files} = town()
    await startAndDie(5)
    expect((await run('stop', 'alpha')).stdout).toBe('⚠ Witness is not running\n')
    expect(read(join(folder, files()[0] ?? '')).exit).toEqual({code: 5})
  })

  test('start keeps it before the session is replaced', async () => {
    const {folder, startAndDie, run, files} = town()
    await startAndDie(5)
    expect(await run('start', 'alpha')).toMatchObject({code: 0, stderr: ''})
    expect(files()).toHaveLength(1)
    expect(read(join(folder, files()[0] ?? '')).exit).toEqual({code: 5})
  })

  test('a failed start keeps its own, without the secret that it was given', async () => {
    const {folder, run, files} = town('failing-agent')
    expect((await run('start', 'alpha', '--env', 'API_KEY=sk-canary-123')).code).toBe(1)
    expect(read(join(folder, files()[0] ?? ''))).toMatchObject({
      agent: 'failing-agent',
      exit: {code: 3},
      reason: "agent 'failing-agent' exited with code 3 before it was ready",
      screen: ['cannot reach the model', 'key: ***'],
    })
  })

  test('a start that was never ready keeps what stood on the screen', async () => {
    const {folder, run, files} = town('silent-agent')
    expect((await run('start', 'alpha', '--timeout', '1s')).code).toBe(1)
    const kept = read(join(folder, files()[0] ?? ''))
    expect(kept.reason).toBe("agent 'silent-agent' showed no sign of readiness within 1 s")
    expect(kept.screen).toContain('❯ 1. Yes')
    expect(kept).not.toHaveProperty('exit')
  })

  test('an agent that dies of what is typed at it: the start says how it ended, and keeps that', async () => {
    const {cwd, folder, run, files} = town()
    const typed = fixtureAgent('dying-agent', {ready_prompt_prefix: '> ', prompt_mode: 'none'})
    useAgents(cwd, {typed})
    const result = await run('start', 'alpha')
    const reason = "agent 'typed' exited with code 9 before it received its instructions"
    expect(result.code).toBe(1)
    expect(result.stderr).toContain(`Error: starting witness: ${reason}\n`)
    const kept = read(join(folder, files()[0] ?? ''))
    expect(kept).toMatchObject({exit: {code: 9}, reason})
    expect(kept.screen.at(-1)).toMatch(/^exiting with \[GAS TOWN\]/)
  })

  test('a witness that was stopped, or runs, leaves nothing', async () => {
    const {run, files} = town()
    await run('start', 'alpha')
    await run('status', 'alpha')
    await run('restart', 'alpha')
    await run('stop', 'alpha')
    expect(files()).toEqual([])
  })
})

test('the newest ten of the role are kept; what is not its own is left alone', async () => {
  const {folder, startAndDie, status, files} = town()
  mkdirSync(folder, {recursive: true, mode: 0o700})
  const old = Array.from({length: 12}, (_, index) => `witness-20260101T0000${10 + index}Z-old.json`)
  const foreign = ['notes.txt', 'witness-2-20260101T000000Z-x.json']
  for (const name of [...old, ...foreign]) writeFileSync(join(folder, name), '{}')
  await startAndDie()
  const {post_mortem: file} = await status()
  expect(files()).toEqual([...old.slice(-9), ...foreign, basename(file)].sort())
})

describe('where it cannot be kept', () => {
  test('a rig that cannot be written: one line of warning, the same outcome', async () => {
    const {box, cwd} = town()
    // Nothing is read-only for root: another user does it all.
    const user = root ? {uid: 65_534} : {}
    for (const path of root ? [box.dir, box.env.HOME ?? '', box.env.TMUX_TMPDIR ?? ''] : [])
      chmodSync(path, 0o777)
    if (root) execFileSync('chown', ['-R', '65534:65534', cwd])
    const run = (...args: string[]) => finished(spawnGt(['witness', ...args], {cwd, env: box.env, ...user}))
    expect(await run('start', 'alpha')).toMatchObject({code: 0, stderr: ''})
    onTestFinished(() => run('stop', 'alpha').then(() => chmodSync(join(cwd, 'alpha'), 0o755)))
    chmodSync(join(cwd, 'alpha'), 0o555)
    const {pid} = JSON.parse((await run('status', 'alpha', '--json')).stdout)
    process.kill(pid, 'SIGKILL')
    const result = await until('the end of the agent', async () => {
      const seen = await run('status', 'alpha', '--json')
      return JSON.parse(seen.stdout).running ? undefined : seen
    })
    expect(result.code).toBe(0)
    expect(result.stderr).toMatch(WARNING)
    const {reason, post_mortem} = JSON.parse(result.stdout)
    expect({reason, post_mortem}).toEqual({reason: 'its agent was ended by SIGKILL', post_mortem: undefined})
    expect(await run('stop', 'alpha')).toMatchObject({code: 0, stdout: '⚠ Witness is not running\n'})
  })

  test('.runtime leads elsewhere: nothing is written there, and the warning says why', async () => {
    const {box, cwd, startAndDie, run} = town()
    const elsewhere = join(box.dir, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, join(cwd, 'alpha/.runtime'))
    await startAndDie()
    const result = await run('status', 'alpha', '--json')
    expect(result.code).toBe(0)
    expect(result.stderr).toMatch(WARNING)
    expect(result.stderr).toContain(join(cwd, 'alpha/.runtime'))
    expect(JSON.parse(result.stdout)).not.toHaveProperty('post_mortem')
    expect(readdirSync(elsewhere)).toEqual([])
    expect((await run('start', 'alpha')).code).toBe(0)
  })
})
