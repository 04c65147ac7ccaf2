import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {type Case, crossMerges, gitDir, push, pushed, squash} from '../support/situations.js'
import {gate, makeWorker} from '../support/worker.js'

describe('work that exists elsewhere', () => {
  const safe: Case[] = [
    ['NoCommitOfItsOwn', () => {}, /is in main of origin/],
    [
      'Pushed',
      (worker) => {
        worker.commit('work')
        push(worker)
      },
      /is in polecat\/nux-m1 of origin/,
    ],
    [
      'PushedAndMore: another worker pushed on top of it',
      (worker) => {
        worker.commit('work')
        push(worker)
        worker.commit('more')
        push(worker)
        worker.git('reset', '--quiet', '--hard', 'HEAD~1')
      },
      /is in polecat/,
    ],
    [
      'MergedAndBranchDeleted',
      (worker) => {
        worker.commit('work')
        push(worker)
        worker.elsewhere((clone) =>
          worker.gitIn(clone, 'merge', '--quiet', '--no-ff', `origin/${worker.branch}`),
        )
        worker.gitIn(worker.origin, 'branch', '-D', worker.branch)
      },
      /is in main of origin/,
    ],
    [
      'PickedOneByOne',
      (worker) => {
        worker.commit('one')
        worker.commit('two')
        push(worker)
        worker.elsewhere((clone) => {
          writeFileSync(join(clone, 'other'), 'other\n')
          worker.gitIn(clone, 'add', '.')
          worker.gitIn(clone, 'commit', '--quiet', '--message', 'other')
          worker.gitIn(clone, 'cherry-pick', `main..origin/${worker.branch}`)
        })
        worker.gitIn(worker.origin, 'branch', '-D', worker.branch)
      },
      /each of its commits was picked into main/,
    ],
    ['Squashed', squash, /its commits were squashed into main/],
  ]
  it.each(safe)('%s: safe', async (_, arrange, expected) => {
    const worker = makeWorker()
    arrange(worker)
    const result = await gate(worker)
    expect(result).toMatchObject({verdict: 'safe', evidence: [expect.stringMatching(expected)]})
  })

  it('DefaultBranchIsNotMain: the remote says which one it is', async () => {
    const worker = makeWorker({defaultBranch: 'develop'})
    expect(await gate(worker)).toMatchObject({verdict: 'safe', evidence: [expect.stringMatching(/develop/)]})
    worker.commit('work')
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: [expect.stringMatching(/not merged into develop/)],
    })
  })

  it('OldLayout: a worktree of a clone with files has the same verdict', async () => {
    const worker = makeWorker({repository: 'clone'})
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
    worker.commit('work')
    expect(await gate(worker)).toMatchObject({verdict: 'unsafe'})
  })

  it('BasedOnAnotherBranch: its tip counts when it is recorded', async () => {
    const worker = makeWorker()
    worker.commit('work')
    worker.git('push', '--quiet', 'origin', 'HEAD:release')
    expect(await gate(worker)).toMatchObject({verdict: 'unsafe'})
    expect(await gate(worker, {base: 'release'})).toMatchObject({verdict: 'safe'})
    expect(await gate(worker, {base: 'origin/release'})).toMatchObject({verdict: 'safe'})
  })

  it('LongerName: a remote branch with the same ending is another one', async () => {
    const worker = makeWorker()
    worker.commit('work')
    worker.git('push', '--quiet', 'origin', `HEAD:refs/heads/x/refs/heads/${worker.branch}`)
    expect(await gate(worker)).toMatchObject({verdict: 'unsafe'})
  })

  it('SeveralForks: nothing counts as squashed', async () => {
    const worker = makeWorker()
    crossMerges(worker)
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: [expect.stringMatching(/is not at origin/)],
    })
  })

  it('RuntimeAndIgnoredFiles: the former are not work, the latter are listed', async () => {
    const worker = pushed()
    worker.write('.runtime/heartbeat', 'now')
    worker.write('build/output', 'x')
    expect(await gate(worker)).toMatchObject({
      verdict: 'safe',
      evidence: [
        expect.stringMatching(/ignored, and would be deleted: build\//),
        expect.stringMatching(/is in polecat/),
      ],
    })
  })

  it('Check: changes neither files, nor branches, nor tracking refs', async () => {
    const worker = pushed()
    worker.write('.runtime/heartbeat', 'now')
    worker.git('update-ref', 'refs/remotes/origin/gone', 'HEAD')
    worker.git('config', 'remote.origin.tagOpt', '--tags')
    worker.git('config', 'fetch.prune', 'true')
    worker.gitIn(worker.origin, 'tag', 'new', 'main')
    worker.elsewhere((clone) => {
      worker.gitIn(clone, 'commit', '--quiet', '--allow-empty', '--message', 'later')
      worker.gitIn(clone, 'tag', 'later')
      worker.gitIn(clone, 'push', '--quiet', 'origin', 'later')
    })
    const fetched = join(gitDir(worker), 'FETCH_HEAD')
    const look = () => [
      existsSync(fetched),
      // The fetched commits are there.
      worker.git('for-each-ref').replace(/^.*\trefs\/remotes\/origin\/main$/m, ''),
      worker.git('status', '--porcelain', '-uall'),
      worker.git('reflog'),
    ]
    const before = look()
    await gate(worker)
    expect(look()).toEqual(before)
  })
})
