import {mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {describe, expect, it, onTestFinished} from 'vitest'
import {lookThoroughly} from '../../src/removal-gate/gate.js'
import {type Case, gitDir, pushed} from '../support/situations.js'
import {gate, makeWorker, requestFor} from '../support/worker.js'

describe('failed checks', () => {
  const unknown: Case[] = [
    [
      'RemoteUnreachable',
      (worker) => worker.git('remote', 'set-url', 'origin', join(worker.box.dir, 'gone.git')),
      /git ls-remote failed/,
    ],
    ['NoRemote', (worker) => worker.git('remote', 'remove', 'origin'), /git ls-remote failed/],
    [
      'RemoteIsItsOwnRepository',
      (worker) => worker.git('remote', 'set-url', 'origin', worker.repository),
      /the sandbox's own repository/,
    ],
    [
      'RemoteIsItsOwnRepository, as an address',
      (worker) => worker.git('remote', 'set-url', 'origin', `file://${worker.repository}`),
      /the sandbox's own repository/,
    ],
    [
      'RemoteInsideOfItsRepository',
      (worker) => {
        const inside = join(worker.repository, 'origin.git')
        worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', worker.origin, inside)
        worker.git('remote', 'set-url', 'origin', inside)
      },
      /the sandbox's own repository/,
    ],
    ['SandboxGone', (worker) => rmSync(worker.path, {recursive: true}), /no such file/],
    [
      'GitFileGone',
      (worker) => rmSync(join(worker.path, '.git')),
      /git rev-parse failed: .*not a git repository/,
    ],
    [
      'WorktreeForgotten',
      (worker) => rmSync(gitDir(worker), {recursive: true}),
      /git rev-parse failed: .*(?:not a git|to a valid) repository/,
    ],
    [
      'InsideOfAnotherRepository',
      (worker) => {
        rmSync(join(worker.path, '.git'))
        worker.gitIn(worker.box.dir, 'init', '--quiet')
      },
      /is not a worktree: git treats it as part of/,
    ],
    [
      'RepositoryOfItsOwn',
      (worker) => {
        rmSync(join(worker.path, '.git'))
        worker.gitIn(worker.path, 'init', '--quiet')
      },
      /is not a worktree: it is a repository of its own/,
    ],
    ['NoCommitYet', (worker) => worker.git('checkout', '--quiet', '--orphan', 'new'), /git rev-parse failed/],
    [
      'IndexBroken',
      (worker) => writeFileSync(join(gitDir(worker), 'index'), 'nonsense'),
      /git ls-files failed: .*index/,
    ],
  ]
  it.each(unknown)('%s: unknown, which refuses', async (_, arrange, expected) => {
    const worker = pushed()
    arrange(worker)
    expect(await gate(worker)).toEqual({verdict: 'unknown', reasons: [expect.stringMatching(expected)]})
  })

  it('RemoteInsideOfIt: a repository in the sandbox, which refuses, and no remote', async () => {
    const worker = pushed()
    const inside = join(worker.path, 'build/origin.git')
    worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', worker.origin, inside)
    worker.git('remote', 'set-url', 'origin', 'build/origin.git')
    expect(await lookThoroughly(requestFor(worker))).toMatchObject({
      verdict: 'unsafe',
      reasons: [
        'other repositories are inside: build/origin.git/',
        expect.stringMatching(/the sandbox's own repository/),
      ],
    })
  })

  it('RemoteWithoutDefaultBranch: what is not in its own branch may be merged there', async () => {
    const worker = pushed()
    worker.commit('more')
    worker.gitIn(worker.origin, 'symbolic-ref', 'HEAD', 'refs/heads/none')
    expect(await gate(worker)).toEqual({
      verdict: 'unknown',
      reasons: [expect.stringMatching(/not in polecat\/nux-m1, .* does not say which branch is its default/)],
    })
  })

  it('Shallow: only commits that are found count', async () => {
    const worker = pushed()
    const shallow = join(worker.box.dir, 'shallow.git')
    const path = join(worker.box.dir, 'sandbox')
    worker.gitIn(
      worker.box.dir,
      'clone',
      '--quiet',
      '--bare',
      '--depth=1',
      `file://${worker.origin}`,
      shallow,
    )
    worker.gitIn(shallow, 'worktree', 'add', '--quiet', '-b', 'polecat/new', path)
    expect(await gate(worker, {path})).toMatchObject({verdict: 'safe'})
    worker.gitIn(path, 'commit', '--quiet', '--allow-empty', '--message', 'more')
    expect(await gate(worker, {path})).toEqual({
      verdict: 'unknown',
      reasons: ['the history is shallow, and HEAD was not found in a branch of the remote'],
    })
  })

  it('TwoRemotes: only the given one is asked', async () => {
    const worker = makeWorker()
    const fork = join(worker.box.dir, 'fork.git')
    worker.gitIn(worker.box.dir, 'init', '--quiet', '--bare', '--initial-branch=main', fork)
    worker.git('remote', 'add', 'fork', fork)
    worker.commit('work')
    worker.git('push', '--quiet', 'fork', 'HEAD:main', worker.branch)
    expect(await gate(worker)).toMatchObject({verdict: 'unsafe'})
    expect(await gate(worker, {remote: 'fork'})).toMatchObject({verdict: 'safe'})
  })

  it('RemoteNeverAnswers: gives up in time', async () => {
    const worker = pushed()
    const server = createServer(() => {}).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => void server.close())
    const {port} = server.address() as {port: number}
    worker.git('remote', 'set-url', 'origin', `git://127.0.0.1:${port}/x`)
    const git = unattendedGit(worker.box.env)
    const result = await gate(worker, {
      git: (args, options) => git(args, args[1] === '--symref' ? {...options, timeoutMs: 200} : options),
    })
    expect(result).toEqual({verdict: 'unknown', reasons: ['git ls-remote gave no answer within 0.2 s']})
  })

  it('FetchFails: the answer of ls-remote is not enough', async () => {
    const worker = pushed()
    const git = unattendedGit(worker.box.env)
    const result = await gate(worker, {
      git: async (args, options) =>
        args[0] === 'fetch' ? {code: 128, stdout: '', stderr: 'fatal: no'} : await git(args, options),
    })
    expect(result).toEqual({verdict: 'unknown', reasons: ['git fetch failed: fatal: no']})
  })

  it.each([
    ['whether a stash is there', 'show-ref'],
    ['whether a branch has it', 'merge-base'],
  ])('Git fails when it is asked %s: unknown', async (_, command) => {
    const worker = pushed()
    const git = unattendedGit(worker.box.env)
    const result = await gate(worker, {
      git: async (args, options) =>
        args[0] === command ? {code: 128, stdout: '', stderr: 'fatal: no'} : await git(args, options),
    })
    expect(result).toEqual({verdict: 'unknown', reasons: [`git ${command} failed: fatal: no`]})
  })

  it('Merge base fails: unknown', async () => {
    const worker = pushed()
    worker.commit('more')
    const git = unattendedGit(worker.box.env)
    const result = await gate(worker, {
      git: async (args, options) =>
        args[1] === '--all' ? {code: 1, stdout: '', stderr: 'fatal: no'} : await git(args, options),
    })
    expect(result).toEqual({verdict: 'unknown', reasons: ['git merge-base failed: fatal: no']})
  })

  it('GitMissing: unknown', async () => {
    const worker = pushed()
    const git = unattendedGit({...worker.box.env, PATH: join(worker.box.dir, 'empty')})
    expect(await gate(worker, {git})).toEqual({
      verdict: 'unknown',
      reasons: [expect.stringMatching(/^git could not be started/)],
    })
  })

  it('PasswordInUrl: appears in no reason', async () => {
    const worker = pushed()
    worker.git('remote', 'set-url', 'origin', 'http://me:hunter2@127.0.0.1:1/x.git')
    const result = await gate(worker)
    expect(result).toMatchObject({verdict: 'unknown'})
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })

  it('PasswordInGitsMessage: appears in no reason', async () => {
    const stderr = "fatal: unable to access 'http://me:hunter2@x/y.git': no\n"
    const result = await gate(pushed(), {git: async () => ({code: 128, stdout: '', stderr})})
    expect(result).toEqual({
      verdict: 'unknown',
      reasons: ["git rev-parse failed: fatal: unable to access 'http://x/y.git': no"],
    })
  })

  it('HooksAndMonitors: those of the repository are not run', async () => {
    const worker = pushed()
    const trace = join(worker.box.dir, 'trace')
    const script = join(worker.box.dir, 'script')
    writeFileSync(script, `#!/bin/sh\necho "$0" >> ${trace}\n`, {mode: 0o755})
    mkdirSync(join(worker.box.dir, 'hooks'))
    for (const hook of ['reference-transaction', 'post-checkout', 'post-index-change']) {
      symlinkSync(script, join(worker.box.dir, 'hooks', hook))
    }
    worker.git('config', 'core.hooksPath', join(worker.box.dir, 'hooks'))
    worker.git('config', 'core.fsmonitor', script)
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
    expect(() => readFileSync(trace)).toThrow('ENOENT')
  })
})
