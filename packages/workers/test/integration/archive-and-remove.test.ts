import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {describe, expect, it} from 'vitest'
import {archiveAndRemove} from '../../src/removal-gate/archive-and-remove.js'
import type {SeenSandbox} from '../../src/removal-gate/gate.js'
import {push, pushed, squash} from '../support/situations.js'
import {gate, makeWorker, requestFor, type Worker} from '../support/worker.js'

async function seen(worker: Worker): Promise<SeenSandbox> {
  const result = await gate(worker)
  if (result.verdict !== 'safe') throw new Error(result.reasons.join())
  return result.seen
}

const remove = (worker: Worker, sandbox: SeenSandbox, callerDirectory = worker.box.dir) =>
  archiveAndRemove({...requestFor(worker), seen: sandbox, callerDirectory})

describe('archiveAndRemove', () => {
  it.each(['bare', 'clone'] as const)(
    'Safe, of a %s repository: worktree and branch go, the commit stays',
    async (kind) => {
      const worker = makeWorker({repository: kind})
      const head = worker.commit('work')
      worker.git('push', '--quiet', '--set-upstream', 'origin', worker.branch)
      const refs = await remove(worker, await seen(worker))
      expect(refs).toEqual([`refs/gt-archive/${worker.branch}/${head}`])
      expect(existsSync(worker.path)).toBe(false)
      const {gitIn, repository} = worker
      expect(gitIn(repository, 'rev-parse', refs[0] ?? '')).toBe(head)
      expect(gitIn(repository, 'branch', '--list', worker.branch)).toBe('')
      expect(gitIn(repository, 'worktree', 'list')).not.toContain('nux')
      expect(gitIn(repository, 'config', '--list')).not.toContain(worker.branch)
    },
  )

  it('Squashed: its own commits are kept, since the origin has them only in another form', async () => {
    const worker = makeWorker()
    squash(worker)
    const head = worker.git('rev-parse', 'HEAD')
    await remove(worker, await seen(worker))
    worker.gitIn(worker.repository, 'reflog', 'expire', '--expire=now', '--all')
    worker.gitIn(worker.repository, 'gc', '--quiet', '--prune=now')
    expect(worker.gitIn(worker.repository, 'log', '--format=%s', '-2', head)).toBe('add two\nadd one')
  })

  it('ResetAway: a commit that only the worktree’s reflog knew is kept, too', async () => {
    const worker = pushed()
    const away = worker.commit('away')
    worker.git('reset', '--quiet', '--hard', 'HEAD~1')
    const refs = await remove(worker, await seen(worker))
    expect(refs).toContain(`refs/gt-archive/${worker.branch}/${away}`)
    expect(worker.gitIn(worker.repository, 'show', `${away}:away`)).toBe('away')
  })

  it('Detached: is kept under `detached`, and no branch is deleted', async () => {
    const worker = pushed()
    const head = worker.git('rev-parse', 'origin/main')
    worker.git('checkout', '--quiet', '--detach', head)
    const branches = worker.gitIn(worker.repository, 'branch', '--list', worker.branch)
    expect(await remove(worker, await seen(worker))).toEqual([`refs/gt-archive/detached/${head}`])
    expect(worker.gitIn(worker.repository, 'branch', '--list', worker.branch).trim()).toBe(
      branches.replace(/^\* |^\+ /, '').trim(),
    )
  })

  it('RuntimeFiles: are removed with it', async () => {
    const worker = pushed()
    worker.write('.runtime/heartbeat', 'now')
    await remove(worker, await seen(worker))
    expect(existsSync(worker.path)).toBe(false)
  })

  it.each<[string, (worker: Worker) => unknown, RegExp]>([
    ['HeadMoved', (worker) => worker.commit('late'), /HEAD moved/],
    ['BranchChanged', (worker) => worker.git('checkout', '--quiet', '-b', 'other'), /HEAD moved/],
    ['FileChanged', (worker) => worker.write('work', 'late'), /its files changed/],
    ['FileAppeared', (worker) => worker.write('.runtime/late', 'late'), /its files changed/],
  ])('%s since the gate looked: refused, and nothing is touched', async (_, change, expected) => {
    const worker = pushed()
    const sandbox = await seen(worker)
    change(worker)
    const refs = worker.git('for-each-ref')
    await expect(remove(worker, sandbox)).rejects.toMatchObject({
      code: 'SANDBOX_CHANGED',
      message: expect.stringMatching(expected),
    })
    expect(existsSync(join(worker.path, 'work'))).toBe(true)
    expect(worker.git('for-each-ref')).toBe(refs)
  })

  it('CallerInside: refused', async () => {
    const worker = pushed()
    const sandbox = await seen(worker)
    await expect(remove(worker, sandbox, worker.path)).rejects.toMatchObject({code: 'SANDBOX_IN_USE'})
    expect(existsSync(worker.path)).toBe(true)
  })

  it('LockedMeanwhile: git refuses, and one force does not change that', async () => {
    const worker = pushed()
    worker.write('.runtime/heartbeat', 'now')
    const sandbox = await seen(worker)
    worker.git('worktree', 'lock', worker.path)
    await expect(remove(worker, sandbox)).rejects.toMatchObject({code: 'GIT_FAILED'})
    expect(existsSync(join(worker.path, 'work'))).toBe(true)
    expect(worker.git('rev-parse', worker.branch)).toBe(sandbox.worktree.head)
  })

  it('BranchGoesOn during the removal: the branch stays, with its new commit', async () => {
    const worker = pushed()
    const sandbox = await seen(worker)
    const git = unattendedGit(worker.box.env)
    const {gitIn, repository, branch} = worker
    let late = ''
    const removal = archiveAndRemove({
      ...requestFor(worker),
      seen: sandbox,
      git: async (args, options) => {
        const answer = await git(args, options)
        if (args[1] === 'remove') {
          late = gitIn(repository, 'commit-tree', '-p', branch, '-m', 'late', `${branch}^{tree}`)
          gitIn(repository, 'update-ref', `refs/heads/${branch}`, late)
        }
        return answer
      },
    })
    await expect(removal).rejects.toMatchObject({code: 'GIT_FAILED'})
    expect(gitIn(repository, 'rev-parse', branch)).toBe(late)
  })

  it('FileAppears during the removal: git refuses, if --force is not needed', async () => {
    const worker = pushed()
    const sandbox = await seen(worker)
    const git = unattendedGit(worker.box.env)
    const removal = archiveAndRemove({
      ...requestFor(worker),
      seen: sandbox,
      git: (args, options) => {
        if (args[1] === 'remove') worker.write('late', 'only here')
        return git(args, options)
      },
    })
    await expect(removal).rejects.toMatchObject({code: 'GIT_FAILED'})
    expect(existsSync(join(worker.path, 'late'))).toBe(true)
  })

  it('BranchReset from elsewhere: a commit that only the branch’s reflog knows is kept', async () => {
    const worker = pushed()
    const away = worker.commit('away')
    push(worker)
    worker.git('reset', '--quiet', '--hard', 'HEAD~1')
    worker.git('push', '--quiet', '--force', 'origin', worker.branch)
    worker.git('reflog', 'expire', '--expire=all', 'HEAD')
    // git shows the branch's reflog when HEAD's is empty.
    worker.git('checkout', '--quiet', '--detach')
    worker.git('checkout', '--quiet', worker.branch)
    worker.git('update-ref', '-d', `refs/remotes/origin/${worker.branch}`)
    expect(await remove(worker, await seen(worker))).toContain(`refs/gt-archive/${worker.branch}/${away}`)
  })

  it('DetachedAndReset: a commit that only HEAD’s reflog knows is kept', async () => {
    const worker = pushed()
    worker.git('checkout', '--quiet', '--detach')
    const away = worker.commit('away')
    worker.git('checkout', '--quiet', worker.branch)
    expect(await remove(worker, await seen(worker))).toContain(`refs/gt-archive/${worker.branch}/${away}`)
  })

  it('NameUsedAgain: the archive of the earlier life stays', async () => {
    const worker = pushed()
    const [first = ''] = await remove(worker, await seen(worker))
    worker.addWorktree(worker.path, {branch: worker.branch, from: 'origin/main'})
    worker.commit('second')
    worker.git('push', '--quiet', '--force', 'origin', worker.branch)
    const [second = ''] = await remove(worker, await seen(worker))
    const kept = worker.gitIn(worker.repository, 'for-each-ref', '--format=%(refname)', 'refs/gt-archive')
    expect(kept.split('\n').sort()).toEqual([first, second].sort())
  })
})
