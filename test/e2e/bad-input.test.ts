// Everything a user, a broken file or a hostile machine can do to us: one clear sentence, the right exit code, nothing lost.

import {execFileSync, spawn} from 'node:child_process'
import {chmodSync, chownSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {describe, expect, onTestFinished, test} from 'vitest'
import {finished, gt, launcher, spawnGt} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'
import {echoAgent, fixtureAgent, makeTown, useAgents, writeJson} from '../support/town.js'

const echo = {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})}

function town() {
  const box = sandbox()
  const cwd = makeTown(join(box.dir, 'town'))
  useAgents(cwd, echo)
  return {box, cwd, run: (...args: string[]) => gt(args, {cwd, env: box.env})}
}

/** The failure, checked to look as every failure must; both as text and as JSON. */
async function failure(run: (...args: string[]) => ReturnType<typeof gt>, ...args: string[]) {
  const text = await run(...args)
  const json = await run(...args, '--json')
  expect(json.code).toBe(text.code)
  expect(text.code).not.toBe(0)
  expect(text.stderr).toMatch(/^Error: /)
  expect(json.stderr).toBe(text.stderr)
  expect(text.stderr + json.stderr).not.toMatch(/^\s+at .*:\d+/m)
  const {error, liveness, ...rest} = JSON.parse(json.stdout)
  expect(rest).toEqual({})
  expect(text.stderr).toContain(error.message)
  expect(error.code).toMatch(/^[A-Z_]+$/)
  return {
    code: text.code,
    message: error.message as string,
    errorCode: error.code as string,
    liveness,
    stderr: text.stderr,
  }
}

describe('rig names', () => {
  test.each([
    '..',
    '../alpha',
    'al/pha',
    'al pha',
    'al:pha',
    'al.pha',
    'a'.repeat(300),
    '🦉',
    '',
    '__proto__',
    'constructor',
  ])('%j is not found', async (name) => {
    const {run} = town()
    const {message, code} = await failure(run, 'witness', 'status', name)
    expect(message).toContain('not found')
    expect(code).toBe(1)
  })

  test('a name with a leading - is a flag, and unknown', async () => {
    const {run} = town()
    expect(await failure(run, 'witness', 'status', '-x')).toMatchObject({code: 2, errorCode: 'USAGE'})
  })
})

describe('the registry', () => {
  test.each([
    ['missing', undefined, /rigs\.json/],
    ['cut in half', '{"version":1,"rigs":{"alpha":{"git_', /rigs\.json/],
    ['of a later version', '{"version":9,"rigs":{}}', /rigs\.json.*9/],
    ['with wrong types', '{"version":1,"rigs":{"alpha":{"git_url":7}}}', /rigs\.json.*rigs\.alpha\.git_url/],
    ['with a list of rigs', '{"version":1,"rigs":[]}', /rigs\.json.*rigs/],
  ])('%s: the file and the place are named, and it is left as it is', async (_, text, expected) => {
    const {cwd, run} = town()
    const file = join(cwd, 'mayor/rigs.json')
    if (text === undefined) rmSync(file)
    else writeFileSync(file, text)
    for (const verb of ['status', 'start', 'stop', 'restart']) {
      expect((await failure(run, 'witness', verb, 'alpha')).message).toMatch(expected)
    }
    if (text !== undefined) expect(readFileSync(file, 'utf8')).toBe(text)
  })
})

describe('settings', () => {
  test.each([
    ['cut in half', '{"agents":{', /settings\/config\.json/],
    ['with wrong types', '{"agents":{"echo":{"args":"x"}}}', /settings\/config\.json.*agents\.echo\.args/],
    [
      'with an agent that has no command',
      '{"default_agent":"x","agents":{"x":{}}}',
      /agent 'x' has no command/,
    ],
    ['naming an unknown agent', '{"default_agent":"typo"}', /'typo' not found.*settings\/config\.json/],
  ])('%s: start says so, status needs none of it', async (_, text, expected) => {
    const {cwd, run} = town()
    writeFileSync(join(cwd, 'settings/config.json'), text)
    expect((await failureAfterOutput(run, 'witness', 'start', 'alpha')).stderr).toMatch(expected)
    expect((await run('witness', 'status', 'alpha')).code).toBe(0)
  })
})

/** A start has said that it starts before it fails. */
async function failureAfterOutput(run: (...args: string[]) => ReturnType<typeof gt>, ...args: string[]) {
  const result = await run(...args)
  expect(result).toMatchObject({code: 1, stdout: 'Starting witness for alpha...\n'})
  return result
}

describe('--env', () => {
  test.each([
    ['without =', 'sk-canary'],
    ['with an empty name', '=sk-canary'],
    ['with an illegal name', 'A-B=sk-canary'],
    ['reserved', 'GT_SESSION_ID=sk-canary'],
  ])('%s: a usage error that does not repeat the value', async (_, entry) => {
    const {run} = town()
    const {code, stderr} = await failure(run, 'witness', 'start', 'alpha', '--env', entry)
    expect(code).toBe(2)
    expect(stderr).not.toContain('canary')
  })

  test('twice: a usage error', async () => {
    const {run} = town()
    expect((await failure(run, 'witness', 'start', 'alpha', '--env', 'A=1', '--env', 'A=2')).code).toBe(2)
  })

  test('without a value, and --timeout without sense', async () => {
    const {run} = town()
    expect((await run('witness', 'start', 'alpha', '--env')).stderr).toMatch(
      /^Error: flag needs an argument: --env\n/,
    )
    expect((await failure(run, 'witness', 'start', 'alpha', '--timeout', 'soon')).code).toBe(2)
  })
})

describe('tmux', () => {
  const unknown = {code: 1, errorCode: 'BACKEND_UNAVAILABLE', liveness: 'unknown'}

  test('is missing, and the witness was started on it: unknown, not stopped', async () => {
    const {box, cwd, run} = town()
    expect(await run('witness', 'start', 'alpha')).toMatchObject({code: 0, stderr: ''})
    const env = {...box.env, PATH: join(box.dir, 'empty')}
    const without = (...args: string[]) => gt(args, {cwd, env})
    for (const verb of ['status', 'stop', 'start', 'restart']) {
      expect(await failure(without, 'witness', verb, 'alpha')).toMatchObject(unknown)
    }
    expect((await run('witness', 'status', 'alpha')).stdout).toContain('● running')
  })

  test('is too old', async () => {
    const {box, cwd} = town()
    const bin = join(box.dir, 'bin')
    mkdirSync(bin)
    writeFileSync(
      join(bin, 'tmux'),
      '#!/bin/sh\n[ "$1" = -V ] && echo "tmux 2.9a" && exit 0\necho "unknown option -- e" >&2\nexit 1\n',
    )
    chmodSync(join(bin, 'tmux'), 0o755)
    const env = {...box.env, PATH: `${bin}:${box.env.PATH}`}
    const {stderr, code} = await gt(['witness', 'start', 'alpha'], {cwd, env})
    expect(stderr).toContain('2.9a is too old')
    expect(code).toBe(1)
  })

  test.runIf(process.getuid?.() === 0)(
    'has a socket that refuses: unknown, and nothing is done',
    async () => {
      const {box, cwd} = town()
      const nobody = 65_534
      const folder = join(box.dir, 'tmux', `tmux-${nobody}`)
      mkdirSync(folder, {mode: 0o700})
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(join(folder, 'default'), resolve))
      onTestFinished(() => void server.close())
      chmodSync(join(folder, 'default'), 0o600)
      for (const path of [box.dir, join(box.dir, 'home'), join(box.dir, 'tmux')]) chmodSync(path, 0o755)
      execFileSync('chown', ['-R', `${nobody}:${nobody}`, cwd, folder, join(box.dir, 'home')])
      chownSync(join(folder, 'default'), 0, 0)
      const run = (...args: string[]) => finished(spawnGt(args, {cwd, env: box.env, uid: nobody}))
      expect(await failure(run, 'witness', 'status', 'alpha')).toMatchObject(unknown)
      expect(await failure(run, 'witness', 'stop', 'alpha')).toMatchObject(unknown)
    },
  )

  test('has a hostile configuration: start, status and stop work all the same', async () => {
    const {box, run} = town()
    writeFileSync(
      join(box.env.HOME ?? '', '.tmux.conf'),
      [
        'set -g base-index 7',
        'set -g pane-base-index 5',
        'set -g default-command "false"',
        'set -g default-shell /bin/false',
        'set -g remain-on-exit off',
        'set -g automatic-rename on',
        'set -g display-time 0',
        'set -s command-alias[10] new-session="kill-server"',
        'set -s command-alias[11] list-panes="kill-server"',
        'set -s command-alias[12] kill-session="display-message"',
        'set -s command-alias[13] set-option="kill-server"',
        'set -s command-alias[14] source-file="kill-server"',
        'set -s command-alias[15] start-server="kill-server"',
        'set -s command-alias[16] capture-pane="kill-server"',
        'set -s command-alias[17] show-environment="kill-server"',
      ].join('\n'),
    )
    expect(await run('witness', 'start', 'alpha')).toMatchObject({code: 0, stderr: ''})
    expect(JSON.parse((await run('witness', 'status', 'alpha', '--json')).stdout).running).toBe(true)
    expect((await run('witness', 'stop', 'alpha')).stdout).toBe('✓ Witness stopped for alpha\n')
    expect(JSON.parse((await run('witness', 'status', 'alpha', '--json')).stdout).running).toBe(false)
  })
})

describe('the place', () => {
  test('a directory that was deleted under us: said so; GT_TOWN_ROOT helps', async () => {
    const {box, cwd} = town()
    const inDeleted = (env: Record<string, string>) =>
      finished(
        spawn(
          '/bin/sh',
          [
            '-c',
            'mkdir "$0" && cd "$0" && rmdir "$0" && exec "$@"',
            join(box.dir, 'gone'),
            process.execPath,
            launcher,
            'witness',
            'status',
            'alpha',
            '--json',
          ],
          {env: {...box.env, ...env}, stdio: ['ignore', 'pipe', 'pipe']},
        ),
      )
    const lost = await inDeleted({})
    expect(JSON.parse(lost.stdout).error.message).toMatch(
      /^not in a Gas Town workspace: getting current directory: /,
    )
    expect(lost.stderr).toMatch(
      /^Error: not in a Gas Town workspace: getting current directory: no such file or directory\n/,
    )
    expect(lost.code).toBe(1)
    expect(JSON.parse((await inDeleted({GT_TOWN_ROOT: cwd})).stdout).rig_name).toBe('alpha')
  })

  test.runIf(process.getuid?.() === 0)(
    'a town of another user: refused, its owner named, until it is trusted',
    async () => {
      const {box, cwd, run} = town()
      chownSync(join(cwd, 'mayor'), 65_534, 65_534)
      const result = await failure(run, 'witness', 'start', 'alpha')
      expect(result.message).toMatch(/belongs to another user: .*mayor is owned by nobody/)
      expect((await gt(['trust', cwd], {cwd: box.dir, env: box.env})).code).toBe(0)
      expect((await run('witness', 'start', 'alpha')).code).toBe(0)
    },
  )

  test.runIf(process.getuid?.() === 0)(
    'a mayor directory of another user above: named where there is no own town, harmless where there is',
    async () => {
      const {box} = town()
      const above = join(box.dir, 'above')
      const own = join(above, 'own')
      mkdirSync(join(above, 'mayor'), {recursive: true})
      mkdirSync(join(own, 'mayor'), {recursive: true})
      mkdirSync(join(own, 'alpha'))
      writeJson(join(own, 'mayor/rigs.json'), {rigs: {alpha: {}}})
      chownSync(join(above, 'mayor'), 65_534, 65_534)
      const at = (cwd: string) => gt(['witness', 'status', 'alpha'], {cwd, env: box.env})
      expect((await at(own)).code).toBe(0)
      expect(await at(above)).toMatchObject({code: 1, stderr: expect.stringContaining('is owned by nobody')})
    },
  )

  test.runIf(process.getuid?.() === 0)(
    'a town that cannot be written: start works, but for an agent that needs its settings written',
    async () => {
      const {box, cwd} = town()
      const nobody = 65_534
      const programs = join(box.dir, 'bin')
      mkdirSync(programs)
      symlinkSync(echoAgent, join(programs, 'claude'))
      useAgents(cwd, {...echo, claude: {ready_prompt_prefix: '> '}})
      for (const path of [box.dir, join(box.dir, 'tmux')]) chmodSync(path, 0o777)
      execFileSync('chown', ['-R', `${nobody}:${nobody}`, cwd, join(box.dir, 'home')])
      execFileSync('chmod', ['-R', 'a-w', cwd])
      const env = {...box.env, PATH: `${programs}:${box.env.PATH}`}
      const run = (...args: string[]) => finished(spawnGt(['witness', ...args], {cwd, env, uid: nobody}))
      const started = await run('start', 'alpha')
      expect(started.code).toBe(0)
      expect(started.stderr).toMatch(/^warning: the session record cannot be written: cannot write .*\n$/)
      expect((await run('stop', 'alpha')).code).toBe(0)
      const refused = await run('start', 'alpha', '--agent', 'claude')
      expect(refused.stderr).toContain(`cannot write ${join(cwd, 'alpha/witness/.claude/settings.json')}`)
      expect(refused.code).toBe(1)
    },
  )

  test('HOME is unset', async () => {
    const {box, cwd} = town()
    const {HOME: _, ...env} = box.env
    const result = await gt(['witness', 'status', 'alpha', '--json'], {cwd, env})
    expect(result).toMatchObject({code: 0, stderr: ''})
  })
})

describe('streams', () => {
  test('standard input is closed', async () => {
    const {box, cwd} = town()
    const command = 'exec "$@" <&-'
    const child = spawn(
      '/bin/sh',
      ['-c', command, 'sh', process.execPath, launcher, 'witness', 'status', 'alpha', '--json'],
      {
        cwd,
        env: {...box.env, PWD: cwd},
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    expect(await finished(child)).toMatchObject({code: 0, stderr: ''})
  })

  test('what is piped in is never taken for an argument', async () => {
    const {box, cwd} = town()
    const child = spawn(process.execPath, [launcher, 'witness', 'stop'], {
      cwd,
      env: {...box.env, PWD: cwd},
      stdio: 'pipe',
    })
    child.stdin.end('alpha\n')
    expect((await finished(child)).stderr).toMatch(/^Error: accepts 1 arg\(s\), received 0\n/)
  })

  test('nobody reads standard output: no noise, and a start is finished all the same', async () => {
    const {box, cwd, run} = town()
    const child = spawnGt(['witness', 'start', 'alpha'], {cwd, env: box.env})
    child.stdout?.destroy()
    expect(await finished(child)).toMatchObject({code: 0, stderr: ''})
    expect(JSON.parse((await run('witness', 'status', 'alpha', '--json')).stdout).running).toBe(true)
  })

  test.runIf(process.platform === 'linux')('standard output is a full disk: one sentence', async () => {
    const {box, cwd} = town()
    const command = 'exec "$@" >/dev/full'
    const words = ['witness', 'status', 'alpha', '--json']
    const child = spawn('/bin/sh', ['-c', command, 'sh', process.execPath, launcher, ...words], {
      cwd,
      env: {...box.env, PWD: cwd},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const {code, stderr} = await finished(child)
    expect(stderr).toMatch(/^Error: cannot write to stdout: ENOSPC.*\n$/)
    expect(code).toBe(1)
  })
})
