import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {describe, expect, it} from 'vitest'
import {type Case, gitDir, push} from '../support/situations.js'
import {commitInLibrary, inLibrary, libraryOrigin, withSubmodule} from '../support/submodule.js'
import {gate, type Worker} from '../support/worker.js'

describe('submodules', () => {
  it('Clean: safe', async () => {
    expect(await gate(withSubmodule())).toMatchObject({verdict: 'safe'})
  })

  it.each<Case>([
    ['ChangedFile', (worker) => worker.write('library/README', 'changed'), /submodule library has files/],
    ['UntrackedFile', (worker) => worker.write('library/new', 'new'), /submodule library has files/],
    [
      'BranchOfItsOwn',
      (worker) => {
        inLibrary(worker, 'commit', '--quiet', '--allow-empty', '--message', 'only here')
        inLibrary(worker, 'branch', 'kept')
        inLibrary(worker, 'reset', '--quiet', '--hard', 'HEAD~1')
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'Stash',
      (worker) => {
        worker.write('library/README', 'changed')
        inLibrary(worker, 'stash', 'push', '--quiet')
      },
      /submodule library has 1 stash that its remote does not have/,
    ],
    [
      'CommitThatOnlyItsLogKnows',
      (worker) => {
        inLibrary(worker, 'commit', '--quiet', '--allow-empty', '--message', 'only here')
        inLibrary(worker, 'reset', '--quiet', '--hard', 'HEAD~1')
        inLibrary(worker, 'update-ref', '-d', 'ORIG_HEAD')
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'CommitThatOnlyOrigHeadKnows',
      (worker) => {
        commitInLibrary(worker)
        inLibrary(worker, 'reset', '--quiet', '--hard', 'HEAD~1')
        inLibrary(worker, 'reflog', 'expire', '--expire=all', '--all')
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'ChangeHiddenBySettings',
      (worker) => {
        worker.git('config', 'submodule.library.ignore', 'all')
        worker.write('library/README', 'changed')
      },
      /submodule library has files that are not committed/,
    ],
    [
      'CommitInASubmoduleOfIt',
      (worker) => {
        const inner = join(worker.box.dir, 'inner.git')
        worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', worker.origin, inner)
        inLibrary(worker, 'submodule', '--quiet', 'add', inner, 'inner')
        inLibrary(worker, 'commit', '--quiet', '--message', 'inner')
        inLibrary(worker, 'push', '--quiet', 'origin', 'HEAD:main')
        worker.git('commit', '--quiet', '--all', '--message', 'inner')
        push(worker)
        inLibrary(worker, '-C', 'inner', 'commit', '--quiet', '--allow-empty', '--message', 'only here')
        inLibrary(worker, '-C', 'inner', 'branch', 'kept')
        inLibrary(worker, '-C', 'inner', 'reset', '--quiet', '--hard', 'HEAD~1')
      },
      /submodule library\/inner has 1 commit that its remote does not have/,
    ],
    [
      'BranchGoneAtItsRemote',
      (worker) => {
        inLibrary(worker, 'checkout', '--quiet', '-b', 'more')
        inLibrary(worker, 'commit', '--quiet', '--allow-empty', '--message', 'more')
        inLibrary(worker, 'push', '--quiet', 'origin', 'more')
        worker.gitIn(join(worker.box.dir, 'library.git'), 'branch', '-D', 'more')
        worker.git('commit', '--quiet', '--all', '--message', 'more')
        push(worker)
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
  ])('%s: refused', async (_, arrange, expected) => {
    const worker = withSubmodule()
    arrange(worker)
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: expect.arrayContaining([expect.stringMatching(expected)]),
    })
  })

  /** Commits a gitlink to what the submodule has checked out. */
  function commitLink(worker: Worker): void {
    worker.git('commit', '--quiet', '--all', '--message', 'link')
    push(worker)
  }

  function removeLibrary(worker: Worker): void {
    worker.git('rm', '--quiet', 'library')
    worker.git('commit', '--quiet', '--message', 'without')
    push(worker)
  }

  /** Pushes a branch of the library with a commit of its own, and leaves it. */
  function pushMore(worker: Worker): void {
    inLibrary(worker, 'checkout', '--quiet', '-b', 'more')
    commitInLibrary(worker)
    inLibrary(worker, 'push', '--quiet', 'origin', 'more')
    inLibrary(worker, 'checkout', '--quiet', '--detach', 'HEAD~1')
  }

  it.each<Case>([
    [
      'BranchPushedAndDeletedThere',
      (worker) => {
        pushMore(worker)
        worker.gitIn(libraryOrigin(worker), 'branch', '-D', 'more')
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'BranchPushedAndRewrittenThere',
      (worker) => {
        pushMore(worker)
        worker.gitIn(libraryOrigin(worker), 'update-ref', 'refs/heads/more', 'main')
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'RemovedWithCommits',
      (worker) => {
        commitInLibrary(worker)
        inLibrary(worker, 'branch', 'kept')
        inLibrary(worker, 'reset', '--quiet', '--hard', 'HEAD~1')
        removeLibrary(worker)
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'DeinitedWithCommits',
      (worker) => {
        commitInLibrary(worker)
        commitInLibrary(worker)
        inLibrary(worker, 'branch', 'kept')
        inLibrary(worker, 'reset', '--quiet', '--hard', 'HEAD~2')
        worker.git('submodule', '--quiet', 'deinit', '--all', '--force')
      },
      /submodule library has 2 commits that its remote does not have/,
    ],
    [
      'FileInTheFolderOfADeinitedOne',
      (worker) => {
        worker.git('submodule', '--quiet', 'deinit', '--all')
        worker.write('library/deep/notes', 'only here')
      },
      /in the folder of a submodule that is not initialised: library\/deep\/notes/,
    ],
    [
      'RemovedWithStash',
      (worker) => {
        worker.write('library/README', 'changed')
        inLibrary(worker, 'stash', 'push', '--quiet')
        removeLibrary(worker)
      },
      /submodule library has 1 stash that its remote does not have/,
    ],
    [
      'TagWithAMessage',
      (worker) => inLibrary(worker, 'tag', '--annotate', '--message', 'only here', 'v1'),
      /submodule library has 1 tag that its remote does not have/,
    ],
    [
      'TagOnACommitOfItsOwn',
      (worker) => {
        inLibrary(worker, 'checkout', '--quiet', '--detach')
        commitInLibrary(worker)
        inLibrary(worker, 'tag', 'v1')
        inLibrary(worker, 'checkout', '--quiet', '--detach', 'HEAD~1')
        inLibrary(worker, 'reflog', 'expire', '--expire=all', '--all')
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'Notes',
      (worker) => inLibrary(worker, 'notes', 'add', '--message', 'only here'),
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'LinkToACommitThatNoRefNames',
      (worker) => {
        commitInLibrary(worker)
        commitLink(worker)
        inLibrary(worker, 'reset', '--quiet', '--hard', 'HEAD~1')
        inLibrary(worker, 'update-ref', '-d', 'ORIG_HEAD')
        inLibrary(worker, 'reflog', 'expire', '--expire=all', '--all')
        worker.git('submodule', '--quiet', 'deinit', '--all', '--force')
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'SkippedFile',
      (worker) => {
        inLibrary(worker, 'update-index', '--skip-worktree', 'README')
        worker.write('library/README', 'changed')
      },
      /changed, but hidden from git's status: library\/README/,
    ],
    [
      'AssumedUnchangedFile',
      (worker) => {
        inLibrary(worker, 'update-index', '--assume-unchanged', 'README')
        worker.write('library/README', 'changed')
      },
      /changed, but hidden from git's status: library\/README/,
    ],
    [
      'NeverAbsorbed',
      (worker) => {
        const {gitIn, path} = worker
        gitIn(path, 'clone', '--quiet', libraryOrigin(worker), 'own')
        worker.git('submodule', '--quiet', 'add', libraryOrigin(worker), 'own')
        worker.git('commit', '--quiet', '--message', 'own')
        push(worker)
        gitIn(join(path, 'own'), 'commit', '--quiet', '--allow-empty', '--message', 'only here')
        gitIn(join(path, 'own'), 'branch', 'kept')
        gitIn(join(path, 'own'), 'reset', '--quiet', '--hard', 'HEAD~1')
      },
      /submodule own has 1 commit that its remote does not have/,
    ],
    [
      'NameWithASlash, removed',
      (worker) => {
        worker.git('submodule', '--quiet', 'add', '--name', 'deep/er', libraryOrigin(worker), 'other')
        worker.git('commit', '--quiet', '--message', 'other')
        const other = join(worker.path, 'other')
        worker.gitIn(other, 'commit', '--quiet', '--allow-empty', '--message', 'only here')
        worker.gitIn(other, 'branch', 'kept')
        worker.gitIn(other, 'reset', '--quiet', '--hard', 'HEAD~1')
        worker.git('rm', '--quiet', 'other')
        worker.git('commit', '--quiet', '--message', 'without')
        push(worker)
      },
      /submodule deep\/er has 1 commit that its remote does not have/,
    ],
    [
      'MergeUnderWay',
      (worker) => {
        writeFileSync(join(gitDir(worker), 'modules/library/MERGE_HEAD'), '')
      },
      /in submodule library a merge is under way/,
    ],
    [
      'RemoteRepointed: the address in .gitmodules counts',
      (worker) => {
        const fork = join(worker.box.dir, 'fork.git')
        worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', libraryOrigin(worker), fork)
        inLibrary(worker, 'remote', 'set-url', 'origin', fork)
        pushMore(worker)
      },
      /submodule library has 1 commit that its remote does not have/,
    ],
    [
      'WorktreeOfItsOwn',
      (worker) =>
        inLibrary(worker, 'worktree', 'add', '--quiet', '--detach', join(worker.box.dir, 'elsewhere')),
      /submodule library has worktrees of its own/,
    ],
  ])('%s: refused', async (_, arrange, expected) => {
    const worker = withSubmodule()
    arrange(worker)
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: expect.arrayContaining([expect.stringMatching(expected)]),
    })
  })

  const safe: [title: string, arrange: (worker: Worker) => void][] = [
    ['Removed, with nothing of its own', removeLibrary],
    ['Deinited', (worker) => worker.git('submodule', '--quiet', 'deinit', '--all')],
    [
      'Pushed under another name',
      (worker) => {
        commitInLibrary(worker)
        inLibrary(worker, 'push', '--quiet', 'origin', 'HEAD:refs/heads/theirs')
        commitLink(worker)
      },
    ],
    [
      'Pushed, then others went on: its commits are no longer tips',
      (worker) => {
        commitInLibrary(worker)
        inLibrary(worker, 'push', '--quiet', 'origin', 'HEAD:main')
        commitLink(worker)
        const clone = join(worker.box.dir, 'theirs')
        worker.gitIn(worker.box.dir, 'clone', '--quiet', libraryOrigin(worker), clone)
        worker.gitIn(clone, 'commit', '--quiet', '--allow-empty', '--message', 'later')
        worker.gitIn(clone, 'push', '--quiet', 'origin', 'HEAD:main')
      },
    ],
    [
      'A branch of others, fetched and then deleted there',
      (worker) => {
        const {box, gitIn} = worker
        gitIn(libraryOrigin(worker), 'branch', 'theirs', 'main')
        const clone = join(box.dir, 'theirs')
        gitIn(box.dir, 'clone', '--quiet', '--branch', 'theirs', libraryOrigin(worker), clone)
        gitIn(clone, 'commit', '--quiet', '--allow-empty', '--message', 'theirs')
        gitIn(clone, 'push', '--quiet', 'origin', 'theirs')
        inLibrary(worker, 'fetch', '--quiet')
        gitIn(libraryOrigin(worker), 'branch', '-D', 'theirs')
      },
    ],
    ['A tag without a message', (worker) => inLibrary(worker, 'tag', 'v1')],
    [
      'A tag with a message, pushed',
      (worker) => {
        inLibrary(worker, 'tag', '--annotate', '--message', 'v1', 'v1')
        inLibrary(worker, 'push', '--quiet', 'origin', 'v1')
      },
    ],
    [
      'Its tracking refs are gone',
      (worker) => inLibrary(worker, 'update-ref', '-d', 'refs/remotes/origin/main'),
    ],
    ['Its remote was renamed', (worker) => inLibrary(worker, 'remote', 'rename', 'origin', 'upstream')],
    [
      'Relative address',
      (worker) => {
        worker.git('config', '--file', '.gitmodules', 'submodule.library.url', '../library.git')
        commitLink(worker)
      },
    ],
    [
      'Marked assume-unchanged, but not changed',
      (worker) => inLibrary(worker, 'update-index', '--assume-unchanged', 'README'),
    ],
  ]
  it.each(safe)('%s: safe', async (_, arrange) => {
    const worker = withSubmodule()
    arrange(worker)
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
  })

  it('NeverCommitted: nothing at the remote says where it belongs', async () => {
    const worker = withSubmodule()
    worker.git('submodule', '--quiet', 'add', libraryOrigin(worker), 'spare')
    worker.git('rm', '--quiet', '--cached', 'spare')
    worker.git('reset', '--quiet', '--hard')
    rmSync(join(worker.path, 'spare'), {recursive: true})
    expect(await gate(worker)).toEqual({
      verdict: 'unknown',
      reasons: [expect.stringMatching(/cannot tell the remote of submodule spare/)],
    })
  })

  it('Pipe in the place of a ref: nobody waits for it', async () => {
    const worker = withSubmodule()
    execFileSync('mkfifo', [join(gitDir(worker), 'modules/library/ODD_HEAD')])
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
  }, 20_000)

  it('RemoteGone: unknown', async () => {
    const worker = withSubmodule()
    rmSync(libraryOrigin(worker), {recursive: true})
    expect(await gate(worker)).toEqual({
      verdict: 'unknown',
      reasons: [expect.stringMatching(/git ls-remote failed/)],
    })
  })

  it.each(['ext', 'odd'])('RemoteThatRunsAProgram, %s: is not asked', async (kind) => {
    const worker = withSubmodule()
    const ran = join(worker.box.dir, 'ran')
    const programs = join(worker.box.dir, 'programs')
    mkdirSync(programs)
    writeFileSync(join(programs, 'git-remote-odd'), `#!/bin/sh\ntouch ${ran}\n`, {mode: 0o755})
    worker.git('config', '--file', '.gitmodules', 'submodule.library.url', `${kind}::touch ${ran}`)
    commitLink(worker)
    worker.git('config', `protocol.${kind}.allow`, 'always')
    const git = unattendedGit({...worker.box.env, PATH: `${programs}:${worker.box.env.PATH}`})
    expect(await gate(worker, {git})).toEqual({
      verdict: 'unknown',
      reasons: [expect.stringMatching(`transport '${kind}' not allowed`)],
    })
    expect(existsSync(ran)).toBe(false)
  })

  it('Check: leaves the submodule as it is', async () => {
    const worker = withSubmodule()
    const clone = join(worker.box.dir, 'theirs')
    worker.gitIn(worker.box.dir, 'clone', '--quiet', libraryOrigin(worker), clone)
    worker.gitIn(clone, 'commit', '--quiet', '--allow-empty', '--message', 'later')
    worker.gitIn(clone, 'push', '--quiet', 'origin', 'HEAD:main')
    const look = () => [
      inLibrary(worker, 'for-each-ref'),
      inLibrary(worker, 'count-objects', '--verbose'),
      inLibrary(worker, 'reflog'),
    ]
    const before = look()
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
    expect(look()).toEqual(before)
  })
})
