import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {describe, expect, it} from 'vitest'
import {type Case, crossMerges, gitDir, push, pushed, register, squash} from '../support/situations.js'
import {gate, makeWorker, type Worker} from '../support/worker.js'

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
    [
      'SquashedBesideOthers: their change is next to it',
      (worker) => {
        worker.commit('work', 'a\nb\nc\nd\ne\n')
        worker.git('push', '--quiet', 'origin', 'HEAD:main')
        worker.commit('work', 'a\nb\nC\nd\ne\n')
        push(worker)
        worker.elsewhere((clone) => {
          writeFileSync(join(clone, 'work'), 'A\nb\nC\nd\ne\n')
          worker.gitIn(clone, 'commit', '--quiet', '--all', '--message', 'theirs, and the work')
        })
        worker.gitIn(worker.origin, 'branch', '-D', worker.branch)
      },
      /its commits were squashed into main/,
    ],
    [
      'SquashedThenChangedByOthers: the same lines',
      (worker) => {
        worker.commit('work', 'mine\n')
        worker.commit('other', 'mine\n')
        push(worker)
        worker.elsewhere((clone) => {
          writeFileSync(join(clone, 'third'), 'theirs\n')
          writeFileSync(join(clone, 'work'), 'mine\n')
          writeFileSync(join(clone, 'other'), 'mine\n')
          worker.gitIn(clone, 'add', '.')
          worker.gitIn(clone, 'commit', '--quiet', '--message', 'all')
          writeFileSync(join(clone, 'work'), 'theirs\n')
          worker.gitIn(clone, 'commit', '--quiet', '--all', '--message', 'later')
        })
        worker.gitIn(worker.origin, 'branch', '-D', worker.branch)
      },
      /its commits were squashed into main/,
    ],
    [
      'PickedWithAnEmptyCommit',
      (worker) => {
        worker.commit('one')
        worker.git('commit', '--quiet', '--allow-empty', '--message', 'run the tests again')
        push(worker)
        worker.elsewhere((clone) => {
          writeFileSync(join(clone, 'other'), 'other\n')
          worker.gitIn(clone, 'add', '.')
          worker.gitIn(clone, 'commit', '--quiet', '--message', 'other')
          worker.gitIn(clone, 'cherry-pick', `origin/${worker.branch}~1`)
        })
        worker.gitIn(worker.origin, 'branch', '-D', worker.branch)
      },
      /each of its commits was picked into main/,
    ],
    [
      'OnlyAnEmptyCommit',
      (worker) => worker.git('commit', '--quiet', '--allow-empty', '--message', 'nothing'),
      /none of its commits changes anything in main/,
    ],
    [
      'OriginWithoutDefaultBranch: its own branch has it',
      (worker) => {
        worker.commit('work')
        push(worker)
        worker.gitIn(worker.origin, 'symbolic-ref', 'HEAD', 'refs/heads/none')
      },
      /is in polecat\/nux-m1 of origin/,
    ],
    [
      'RemoteRenamed: the registered address is asked',
      (worker) => {
        register(worker)
        worker.commit('work')
        push(worker)
        worker.git('remote', 'rename', 'origin', 'upstream')
      },
      /is in polecat\/nux-m1 of origin/,
    ],
    [
      'AssumedUnchanged, but not changed',
      (worker) => worker.git('update-index', '--assume-unchanged', 'README'),
      /is in main/,
    ],
    [
      'SparseCheckout',
      (worker) => {
        worker.commit('a/file')
        worker.commit('b/file')
        push(worker)
        worker.git('sparse-checkout', 'set', 'a')
      },
      /is in polecat/,
    ],
    [
      'BytesThatGitWouldWriteOtherwise: committed before the attribute',
      (worker) => {
        worker.commit('text', 'one\r\ntwo\r\n')
        worker.commit('.gitattributes', '*.txt text\ntext text\n')
        push(worker)
      },
      /is in polecat/,
    ],
    [
      'RepositoriesThatAreTestData: tracked as a whole',
      (worker) => {
        for (const file of ['HEAD', 'objects/info/x', 'refs/heads/x']) worker.commit(`data/bare.git/${file}`)
        worker.commit('data/.hg/requires')
        push(worker)
      },
      /is in polecat/,
    ],
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

  const stashes: [title: string, arrange: (worker: Worker, other: string) => void][] = [
    [
      'An autostash of another worker: its own subject names the branch',
      ({gitIn}, other) => {
        writeFileSync(join(other, 'README'), 'theirs\n')
        gitIn(other, 'stash', 'store', '--message', 'autostash', gitIn(other, 'stash', 'create'))
      },
    ],
    [
      'A stash of another worker on a detached HEAD',
      ({gitIn}, other) => {
        gitIn(other, 'checkout', '--quiet', '--detach')
        gitIn(other, 'commit', '--quiet', '--allow-empty', '--message', 'theirs')
        writeFileSync(join(other, 'README'), 'theirs\n')
        gitIn(other, 'stash', 'push', '--quiet')
      },
    ],
    [
      'A stash of another worker, while HEAD is detached here',
      ({git, gitIn}, other) => {
        git('checkout', '--quiet', '--detach', 'origin/main')
        writeFileSync(join(other, 'README'), 'theirs\n')
        gitIn(other, 'stash', 'push', '--quiet')
      },
    ],
  ]
  it.each(stashes)('%s: safe', async (_, arrange) => {
    const worker = pushed()
    const other = join(worker.box.dir, 'other')
    worker.addWorktree(other, {branch: 'polecat/other', from: 'origin/main'})
    arrange(worker, other)
    expect(worker.git('stash', 'list')).not.toBe('')
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
  })

  it('AutostashOfThisBranch: refused', async () => {
    const worker = pushed()
    worker.write('work', 'changed')
    worker.git('stash', 'store', '--message', 'autostash', worker.git('stash', 'create'))
    worker.git('checkout', '--quiet', '--', '.')
    expect(await gate(worker)).toMatchObject({verdict: 'unsafe', reasons: ['stashed: autostash']})
  })

  it('GitWithoutWriteTree: a squash is unknown, not safe', async () => {
    const worker = makeWorker()
    squash(worker)
    worker.commit('one', 'more\n')
    const git = unattendedGit(worker.box.env)
    const stderr = 'usage: git merge-tree <base-tree> <branch1> <branch2>'
    const result = await gate(worker, {
      git: async (args, options) =>
        args[0] === 'merge-tree' ? {code: 129, stdout: '', stderr} : await git(args, options),
    })
    expect(result).toEqual({verdict: 'unknown', reasons: [expect.stringMatching(/git merge-tree failed/)]})
  })
})
