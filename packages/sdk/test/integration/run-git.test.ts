import {execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {describe, expect, it, vi} from 'vitest'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {unattendedGit} from '../../src/git/run-git.js'

/** A repository, and git with further variables in it. */
function makeRepository(box: Sandbox = sandbox()) {
  const cwd = join(box.dir, 'repository')
  execFileSync('git', ['init', '--quiet', cwd], {env: box.env})
  const run = (args: string[], env = {}, timeoutMs = 20_000) =>
    unattendedGit({...box.env, ...env})(args, {cwd, timeoutMs})
  return {box, cwd, run}
}

describe('unattendedGit', () => {
  it('AnyExit: is an answer, with what git said, in English', async () => {
    const {run} = makeRepository()
    expect(await run(['rev-parse', '--is-bare-repository'])).toEqual({code: 0, stdout: 'false\n', stderr: ''})
    expect(await run(['log'], {LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de'})).toMatchObject({
      code: 128,
      stderr: expect.stringContaining('does not have any commits yet'),
    })
  })

  it('MisleadingEnvironment: git works on the repository of its directory', async () => {
    const {box, run} = makeRepository()
    const {stdout} = await run(['rev-parse', '--absolute-git-dir'], {GIT_DIR: '/', GIT_WORK_TREE: '/'})
    expect(stdout).toBe(`${join(box.dir, 'repository/.git')}\n`)
  })

  it('ConfigurationOfTheEnvironment: stays, and ours comes on top', async () => {
    const {run} = makeRepository()
    const env = {GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'x.y', GIT_CONFIG_VALUE_0: 'theirs'}
    expect((await run(['config', 'x.y'], env)).stdout).toBe('theirs\n')
    expect((await run(['config', 'core.hooksPath'], env)).stdout).toBe('/dev/null\n')
  })

  it('Input and variables: are given to git, over those of its environment', async () => {
    const {box, cwd} = makeRepository()
    const git = unattendedGit(box.env)
    const hash = await git(['hash-object', '--stdin'], {cwd, timeoutMs: 20_000, input: 'text\n'})
    expect(hash.stdout).toBe('8e27be7d6154a1f68ea9160ef0e18691d20560dc\n')
    const env = {GIT_INDEX_FILE: join(box.dir, 'other'), GIT_TERMINAL_PROMPT: '1'}
    const said = await git(['rev-parse', '--git-path', 'index'], {cwd, timeoutMs: 20_000, env})
    expect(said.stdout).toBe(`${env.GIT_INDEX_FILE}\n`)
    const early = await git(['--version'], {cwd, timeoutMs: 20_000, input: 'x'.repeat(1_000_000)})
    expect(early.code).toBe(0)
  })

  it('TooLong: rejects, and what git started has ended', async () => {
    const {box, run} = makeRepository()
    const pidFile = join(box.dir, 'pid')
    const slow = join(box.dir, 'slow')
    // One that leaves the group of git holds its output open.
    const escaped = `setsid sh -c 'echo $$ > ${pidFile}.escaped; exec sleep 1000' &`
    // Git first asks which kind of ssh it is.
    const answer = '[ "$1" = -G ] && exit 1'
    writeFileSync(slow, `#!/bin/sh\n${answer}\n${escaped}\necho $$ > ${pidFile}\nexec sleep 1000\n`, {
      mode: 0o755,
    })
    // On a slow machine it may take longer until it runs.
    for (let seconds = 1; !existsSync(`${pidFile}.escaped`) || !existsSync(pidFile); seconds *= 2) {
      const asked = run(['ls-remote', 'somewhere:x'], {GIT_SSH_COMMAND: slow}, seconds * 1000)
      await expect(asked).rejects.toMatchObject({
        code: 'GIT_TIMED_OUT',
        message: `git ls-remote gave no answer within ${seconds} s`,
      })
    }
    for (const file of [pidFile, `${pidFile}.escaped`]) {
      const pid = Number(readFileSync(file, 'utf8'))
      await until('the end of the transport and its child', () => hasEnded(pid))
    }
  })

  it('Orphan: holds the output open, but git is not waited for', async () => {
    const {box, run} = makeRepository()
    const pidFile = join(box.dir, 'pid')
    const orphan = `!(setsid sh -c 'echo $$ > ${pidFile}; exec sleep 1000' &) && sleep 1000`
    for (let seconds = 1; !existsSync(pidFile); seconds *= 2) {
      await expect(run(['-c', `alias.x=${orphan}`, 'x'], {}, seconds * 1000)).rejects.toMatchObject({
        code: 'GIT_TIMED_OUT',
      })
    }
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')
  })

  const limits = {silenceMs: 400, deadlineMs: 60_000, file: '/town/settings/config.json'}
  const alias = (script: string) => ['-c', `alias.x=!${script}`, 'x']

  it.each([
    ['SilentAndIdle', 'sleep 1000'],
    ['SilentAndIdleAfterAWord', 'echo x; sleep 1000'],
  ])('%s: rejects at the limit, which it names, and what git started has ended', async (_, script) => {
    const {box, cwd} = makeRepository()
    const pidFile = join(box.dir, 'pid')
    const running = unattendedGit(box.env)(alias(`echo $$ > ${pidFile}; ${script}`), {cwd, limits})
    await expect(running).rejects.toMatchObject({
      code: 'GIT_TIMED_OUT',
      message: expect.stringContaining('showed no sign of work for 400ms'),
      hint: expect.stringContaining('"git.silence" in /town/settings/config.json'),
    })
    const pid = Number(readFileSync(pidFile, 'utf8'))
    await until('the end of the program', () => hasEnded(pid))
  })

  // Each goes on for twice the silence that is allowed.
  it.each([
    ['Output', 'for i in 1 2 3 4 5 6 7 8; do echo x >&2; sleep 0.1; done'],
    ['CpuTime', 'end=$(($(date +%s%N) + 800000000)); while [ $(date +%s%N) -lt $end ]; do :; done'],
  ])('%s: is a sign of work, however long it goes on', async (_, script) => {
    const {box, cwd} = makeRepository()
    expect(await unattendedGit(box.env)(alias(script), {cwd, limits})).toMatchObject({code: 0})
  })

  it('Deadline: ends git that works for ever', async () => {
    const {box, cwd} = makeRepository()
    const short = {...limits, silenceMs: 60_000, deadlineMs: 300}
    const running = unattendedGit(box.env)(alias('while :; do :; done'), {cwd, limits: short})
    await expect(running).rejects.toMatchObject({
      message: expect.stringContaining('did not end within 300ms'),
      hint: expect.stringContaining('"git.deadline"'),
    })
  })

  it('Interrupted: rejects with the reason, and what git started has ended', async () => {
    const {box, cwd} = makeRepository()
    const controller = new AbortController()
    const pids: number[] = []
    const onOutput = (piece: string) => {
      pids.push(Number(piece))
      controller.abort(new Error('interrupted'))
    }
    const {signal} = controller
    const git = unattendedGit(box.env)
    const running = git(alias('echo $$ >&2; sleep 1000'), {cwd, limits, signal, onOutput})
    await expect(running).rejects.toThrow('interrupted')
    await until('the end of the program', () => pids.every(hasEnded))
    await expect(git(['version'], {cwd, limits, signal})).rejects.toThrow('interrupted')
  })

  it('Killed: is no answer', async () => {
    const {run} = makeRepository()
    await expect(run(['-c', 'alias.x=!kill -9 $PPID', 'x'])).rejects.toMatchObject({code: 'GIT_KILLED'})
  })

  it('ItsOwnEnvironment: is what it was given, and nothing of the process around it', async () => {
    const {run} = makeRepository()
    vi.stubEnv('GT_AROUND', 'leaked')
    const {stdout} = await run(['-c', 'alias.x=!echo "<$GT_AROUND>" $GT_GIVEN', 'x'], {GT_GIVEN: 'given'})
    vi.unstubAllEnvs()
    expect(stdout).toBe('<> given\n')
  })

  it('Input: has none, whoever started this', async () => {
    const {box, cwd} = makeRepository()
    const script = `
      const {unattendedGit} = await import(process.argv[1])
      const git = unattendedGit(process.env)
      const {stdout} = await git(['-c', 'alias.x=!readlink /proc/self/fd/0', 'x'], {cwd: '.', timeoutMs: 20000})
      console.log(stdout.trim())`
    const module = resolve(import.meta.dirname, '../../dist/git/run-git.js')
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, module], {cwd, env: box.env})
    const [said] = await once(child.stdout, 'data')
    expect(String(said)).toBe('/dev/null\n')
  })

  it('ProgramsOfTheRepository: neither a hook nor a monitor of it runs', async () => {
    const {box, cwd, run} = makeRepository()
    const ran = join(box.dir, 'ran')
    const hook = join(cwd, '.git/hooks/post-checkout')
    mkdirSync(join(hook, '..'), {recursive: true})
    writeFileSync(hook, `#!/bin/sh\n: > ${ran}\n`, {mode: 0o755})
    execFileSync('git', ['config', 'core.fsmonitor', hook], {cwd, env: box.env})
    const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com']
    expect(await run([...identity, 'commit', '--quiet', '--allow-empty', '--message', 'x'])).toMatchObject({
      code: 0,
    })
    await run(['checkout', '--quiet', '-b', 'other'])
    await run(['status', '--porcelain'])
    expect(existsSync(ran)).toBe(false)
  })

  it.each([
    ['NoGit', 'repository', {PATH: '/nowhere'}],
    ['NoDirectory', 'gone', {}],
  ])('%s: rejects in words', async (_, directory, env) => {
    const {box} = makeRepository()
    mkdirSync(join(box.dir, 'x'))
    const asked = unattendedGit({...box.env, ...env})(['status'], {
      cwd: join(box.dir, directory),
      timeoutMs: 5000,
    })
    await expect(asked).rejects.toMatchObject({code: 'GIT_MISSING'})
  })
})

/** A process that nobody reaps stays as a zombie. */
function hasEnded(pid: number): boolean {
  if (!existsSync(`/proc/${pid}`)) return true
  return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}
