import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
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

  it('TooLong: rejects, and what git started has ended', async () => {
    const {box, run} = makeRepository()
    const pidFile = join(box.dir, 'pid')
    const slow = join(box.dir, 'slow')
    writeFileSync(slow, `#!/bin/sh\necho $$ > ${pidFile}\nexec sleep 1000\n`, {mode: 0o755})
    const asked = run(['ls-remote', 'somewhere:x'], {GIT_SSH_COMMAND: slow}, 3000)
    await expect(asked).rejects.toMatchObject({
      code: 'GIT_TIMED_OUT',
      message: 'git ls-remote gave no answer within 3 s',
    })
    const pid = Number(readFileSync(pidFile, 'utf8'))
    await until('the end of the transport', () => hasEnded(pid))
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
