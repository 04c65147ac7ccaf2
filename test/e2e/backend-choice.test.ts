// Where a session runs: what is chosen for a new one, and that it is found again whatever is configured by then.
import {chmodSync, mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {gt} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {fixtureAgent, makeTown, useAgents, writeJson} from '../support/town.js'
import {until} from '../support/until.js'

const echo = fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})
const session = 'gt-alpha-witness'

function town() {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, {echo})
  const run = (args: string[], env: Record<string, string> = {}) =>
    gt(['witness', ...args], {cwd, env: {...box.env, ...env}})
  const status = async (env: Record<string, string> = {}) =>
    JSON.parse((await run(['status', 'alpha', '--json'], env)).stdout)
  const onTmux = () => {
    try {
      return box.tmux('list-sessions', '-F', '#{session_name}').includes(session)
    } catch {
      return false
    }
  }
  return {box, cwd, run, status, onTmux, record: join(cwd, '.runtime/sessions', `${session}.json`)}
}

/** Settings of the town, with its agents, and the backend that new sessions run on. */
function configure(cwd: string, file: string, backend: string) {
  const agents = {agents: {echo}, ...(file.startsWith('settings') && {default_agent: 'echo'})}
  writeJson(join(cwd, file), {version: 1, ...agents, session_backend: backend})
}

/** A directory for PATH in which there is no tmux. */
function withoutTmux(dir: string): Record<string, string> {
  const empty = join(dir, 'empty')
  mkdirSync(empty)
  return {PATH: empty}
}

describe('a new session', () => {
  test('without tmux on PATH: on the embedded backend, with the same words', async () => {
    const {box, run, status} = town()
    const env = withoutTmux(box.dir)
    expect(await run(['start', 'alpha'], env)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('✓ Witness started for alpha'),
    })
    expect(await status(env)).toMatchObject({running: true, backend: 'pty', session, state: {value: 'idle'}})
    expect((await run(['start', 'alpha'], env)).stdout).toContain('Witness is already running')
    expect((await run(['status', 'alpha'], env)).stdout).toContain(`● running\n  Session: ${session}\n`)
    const {pid} = await status(env)
    expect((await run(['restart', 'alpha'], env)).stdout).toContain('✓ Witness restarted for alpha')
    expect((await status(env)).pid).not.toBe(pid)
    expect((await run(['stop', 'alpha'], env)).stdout).toContain('✓ Witness stopped for alpha')
    expect((await run(['stop', 'alpha'], env)).stdout).toContain('Witness is not running')
    expect(await status(env)).toMatchObject({running: false, liveness: 'dead'})
  })

  test.each([
    ['--backend', ['--backend', 'pty'], {}],
    ['GT_BACKEND', [], {GT_BACKEND: 'pty'}],
    ['--backend over GT_BACKEND', ['--backend', 'pty'], {GT_BACKEND: 'tmux'}],
  ])('%s says where', async (_, flags, env) => {
    const {run, status, onTmux} = town()
    expect(await run(['start', 'alpha', ...flags], env)).toMatchObject({code: 0, stderr: ''})
    expect((await status()).backend).toBe('pty')
    expect(onTmux()).toBe(false)
    await run(['stop', 'alpha'])
  })

  test("the rig's settings go over the town's, and GT_BACKEND over both", async () => {
    const {cwd, run, status} = town()
    configure(cwd, 'settings/config.json', 'pty')
    expect((await run(['start', 'alpha'])).code).toBe(0)
    expect((await status()).backend).toBe('pty')
    await run(['stop', 'alpha'])
    mkdirSync(join(cwd, 'alpha/settings'), {recursive: true})
    configure(cwd, 'alpha/settings/config.json', 'tmux')
    expect((await run(['start', 'alpha'])).code).toBe(0)
    expect((await status()).backend).toBe('tmux')
    await run(['stop', 'alpha'])
    expect((await run(['start', 'alpha'], {GT_BACKEND: 'pty'})).code).toBe(0)
    expect((await status()).backend).toBe('pty')
    await run(['stop', 'alpha'])
  })

  test('a backend that nobody offers: nothing is started, and those that there are are named', async () => {
    const {run, status} = town()
    const {code, stderr} = await run(['start', 'alpha', '--backend', 'screen'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/no plugin offers the session backend 'screen'\n.*Available: tmux, pty\.\n$/)
    expect((await status()).running).toBe(false)
  })
})

describe('a session that runs', () => {
  test('is found, kept and ended where it is, whatever is configured by now', async () => {
    const {cwd, run, status, onTmux} = town()
    await run(['start', 'alpha', '--backend', 'pty'])
    configure(cwd, 'settings/config.json', 'tmux')
    const {pid} = await status({GT_BACKEND: 'tmux'})
    expect((await run(['start', 'alpha', '--backend', 'tmux'])).stdout).toContain('already running')
    expect(await status()).toMatchObject({backend: 'pty', pid})
    expect((await run(['restart', 'alpha'])).code).toBe(0)
    expect(onTmux()).toBe(true)
    expect(await status()).toMatchObject({backend: 'tmux', running: true})
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  test('is unknown, not stopped, while its backend cannot be used', async () => {
    const {box, run, status} = town()
    await run(['start', 'alpha', '--backend', 'tmux'])
    const env = withoutTmux(box.dir)
    expect(await status(env)).toMatchObject({error: {code: 'BACKEND_UNAVAILABLE'}, liveness: 'unknown'})
    expect((await run(['start', 'alpha', '--backend', 'pty'], env)).code).toBe(1)
    expect(await status()).toMatchObject({running: true, backend: 'tmux'})
  })

  test('is dead: a start on another backend ends what is left of it first', async () => {
    const {run, status, onTmux} = town()
    await run(['start', 'alpha'])
    process.kill((await status()).pid, 'SIGKILL')
    await until('its end', async () => (await status()).running === false)
    expect((await run(['start', 'alpha', '--backend', 'pty'])).code).toBe(0)
    expect(onTmux()).toBe(false)
    expect(await status()).toMatchObject({running: true, backend: 'pty'})
    await run(['stop', 'alpha'])
  })
})

test('starts on two backends at once: one session, on one of them', async () => {
  const {run, status, onTmux, record} = town()
  const starts = Array.from({length: 8}, (_, n) =>
    run(['start', 'alpha', '--backend', n % 2 ? 'pty' : 'tmux']),
  )
  const results = await Promise.all(starts)
  expect(results.map(({code}) => code)).toEqual(results.map(() => 0))
  expect(results.filter(({stdout}) => stdout.includes('✓')).length).toBe(1)
  const {backend, running} = await status()
  expect(running).toBe(true)
  expect(onTmux()).toBe(backend === 'tmux')
  expect(JSON.parse(readFileSync(record, 'utf8')).backend).toBe(backend)
  await run(['stop', 'alpha'])
  expect(onTmux()).toBe(false)
})

test.runIf(process.getuid?.() !== 0)(
  'it cannot be recorded: refused where it would not be found again',
  async () => {
    const {cwd, run, status} = town()
    chmodSync(cwd, 0o555)
    const refused = await run(['start', 'alpha', '--backend', 'pty'])
    chmodSync(cwd, 0o755)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('that the session runs on pty')
    expect((await status()).running).toBe(false)
  },
)
