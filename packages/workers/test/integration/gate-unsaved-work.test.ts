import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {describe, expect, it} from 'vitest'
import {
  type Case,
  evilMerge,
  gitDir,
  mergeRewritten,
  netZero,
  pushed,
  register,
  squash,
  stash,
} from '../support/situations.js'
import {gate, makeWorker} from '../support/worker.js'

/** Repositories in places that git's status does not show. */
const repositories = [
  ['.git in a tracked folder', 'lib/.git/HEAD', 'lib/'],
  ['.git as a file', 'build/sub/.git', 'build/sub/'],
  ['Bare', 'build/x.git/HEAD', 'build/x.git/'],
  ['Jujutsu', 'build/j/.jj/repo', 'build/j/'],
  ['Mercurial', 'build/h/.hg/requires', 'build/h/'],
  ['Subversion', 'build/s/.svn/wc.db', 'build/s/'],
  ['Fossil', 'build/f/.fslckout', 'build/f/'],
  ['Deep', `build/${'d/'.repeat(60)}.hg/requires`, `build/${'d/'.repeat(60)}`.slice(0, 60)],
  ['RuntimeFolder', '.runtime/r/.git/HEAD', '.runtime/r/'],
].map(
  ([kind = '', file = '', shown = '']): Case => [
    `Repository, ${kind}`,
    (worker) => {
      worker.commit('lib/tracked')
      worker.git('push', '--quiet', 'origin', worker.branch)
      worker.write(file, '')
      if (kind !== 'Bare') return
      for (const name of ['objects', 'refs']) mkdirSync(join(worker.path, 'build/x.git', name))
    },
    new RegExp(`other repositories are inside: ${shown.replaceAll('.', '\\.')}`),
  ],
)

describe('work that exists nowhere else', () => {
  const local: Case[] = [
    ['Uncommitted', (worker) => worker.write('work', 'changed'), /not committed: {2}M work/],
    ['Untracked', (worker) => worker.write('new', 'new'), /not committed: \?\? new/],
    ['UntrackedInFolder', (worker) => worker.write('a/b/new', 'new'), /\?\? a\/b\/new/],
    [
      'Staged',
      (worker) => {
        worker.write('new', 'new')
        worker.git('add', 'new')
      },
      /not committed: A {2}new/,
    ],
    ['Deleted', (worker) => rmSync(join(worker.path, 'work')), /not committed/],
    ['NearRuntime', (worker) => worker.write('.runtime-notes', 'x'), /not committed/],
    [
      'TrackedRuntime',
      (worker) => {
        worker.write('.runtime/a', 'x')
        worker.git('add', '.runtime/a')
      },
      /not committed/,
    ],
    [
      'UntrackedHiddenBySettings',
      (worker) => {
        worker.git('config', 'status.showUntrackedFiles', 'no')
        worker.write('new', 'new')
      },
      /not committed/,
    ],
    [
      'AssumedUnchanged',
      (worker) => {
        worker.git('update-index', '--assume-unchanged', 'work')
        worker.write('work', 'changed')
      },
      /changed, but hidden from git's status: work/,
    ],
    [
      'SkippedButThere',
      (worker) => {
        worker.git('update-index', '--skip-worktree', 'work')
        worker.write('work', 'changed')
      },
      /changed, but hidden from git's status: work/,
    ],
    [
      'RepositoryInIgnoredFolder',
      (worker) => {
        mkdirSync(join(worker.path, 'build/deep'), {recursive: true})
        worker.gitIn(join(worker.path, 'build/deep'), 'init', '--quiet')
      },
      /other repositories are inside: build\//,
    ],
    ...repositories,
    [
      'EditOfEqualSizeAndTime',
      (worker) => {
        const file = join(worker.path, 'work')
        const {atime, mtime} = statSync(file)
        writeFileSync(file, 'krow\n')
        utimesSync(file, atime, mtime)
        // Git also compares the time of the inode's last change, unless it is told not to.
        worker.git('config', 'core.trustctime', 'false')
        worker.git('config', 'core.checkStat', 'minimal')
        utimesSync(
          join(gitDir(worker), 'index'),
          new Date(Date.now() + 60_000),
          new Date(Date.now() + 60_000),
        )
      },
      /changed, but hidden from git's status: work/,
    ],
    [
      'ModeHidden',
      (worker) => {
        worker.git('update-index', '--assume-unchanged', 'work')
        chmodSync(join(worker.path, 'work'), 0o755)
      },
      /changed, but hidden from git's status: work/,
    ],
    [
      'LinkHidden',
      (worker) => {
        symlinkSync('work', join(worker.path, 'link'))
        worker.git('add', 'link')
        worker.git('commit', '--quiet', '--message', 'link')
        worker.git('push', '--quiet', 'origin', worker.branch)
        worker.git('update-index', '--assume-unchanged', 'link')
        rmSync(join(worker.path, 'link'))
        symlinkSync('README', join(worker.path, 'link'))
      },
      /changed, but hidden from git's status: link/,
    ],
    [
      'RemoteRepointed: the registered address is asked',
      (worker) => {
        register(worker)
        const fork = join(worker.box.dir, 'fork.git')
        worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', worker.origin, fork)
        worker.git('remote', 'set-url', 'origin', fork)
        worker.commit('more')
        worker.git('push', '--quiet', 'origin', worker.branch)
      },
      /is not at origin: not in polecat\/nux-m1/,
    ],
    [
      'AddressRewrittenBySettings',
      (worker) => {
        register(worker)
        const fork = join(worker.box.dir, 'fork.git')
        worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', worker.origin, fork)
        worker.git('config', `url.${fork}.insteadOf`, worker.origin)
        worker.commit('more')
        worker.git('push', '--quiet', 'origin', worker.branch)
      },
      /is not at origin: not in polecat\/nux-m1/,
    ],
    ['NotPushed', (worker) => worker.commit('more'), /is not at origin: not in polecat\/nux-m1/],
    [
      'BranchGoneAtOrigin: the tracking ref says pushed all the same',
      (worker) => worker.gitIn(worker.origin, 'branch', '-D', worker.branch),
      /is not at origin: there is no polecat\/nux-m1/,
    ],
    [
      'BranchRewrittenAtOrigin',
      (worker) => worker.gitIn(worker.origin, 'update-ref', `refs/heads/${worker.branch}`, 'main'),
      /is not at origin: not in/,
    ],
    [
      'UnrelatedHistory',
      (worker) => {
        worker.git('checkout', '--quiet', '--orphan', 'new')
        worker.git('commit', '--quiet', '--message', 'new')
      },
      /is not at origin: there is no new/,
    ],
    ['NetZero: commits that undo each other', netZero, /is not at origin/],
    [
      'NetZeroBesideOthers: a merge of it changes nothing in a later commit either',
      (worker) => {
        netZero(worker)
        worker.elsewhere((clone) => {
          worker.gitIn(clone, 'checkout', '--quiet', `origin/${worker.branch}`)
          worker.gitIn(clone, 'commit', '--quiet', '--allow-empty', '--message', 'theirs')
        })
      },
      /is not at origin/,
    ],
    ['MergeRewritten: a conflict was solved otherwise', mergeRewritten, /is not at origin: there is no/],
    ['EvilMerge: a merge has changes of its own', evilMerge, /is not at origin/],
    [
      'SquashedThenMore',
      (worker) => {
        squash(worker)
        worker.commit('after')
      },
      /is not at origin/,
    ],
    ['StashOfThisBranch', stash, /stashed: On polecat\/nux-m1: mine/],
    [
      'StashThatNamesNoBranch',
      (worker) => {
        worker.write('work', 'changed')
        worker.git('stash', 'store', '--message', 'mine', worker.git('stash', 'create'))
        worker.git('checkout', '--quiet', '--', '.')
      },
      /stashed: mine/,
    ],
    [
      'Detached',
      (worker) => {
        worker.git('checkout', '--quiet', '--detach')
        worker.commit('more')
      },
      /HEAD is detached/,
    ],
    [
      'DetachedWithAnyStash',
      (worker) => {
        stash(worker)
        worker.git('checkout', '--quiet', '--detach')
      },
      /stashed/,
    ],
    ['Locked', (worker) => worker.git('worktree', 'lock', worker.path), /the worktree is locked/],
    [
      'LockedWithReason',
      (worker) => worker.git('worktree', 'lock', '--reason', 'mine', worker.path),
      /the worktree is locked/,
    ],
    [
      'WorktreeInside',
      (worker) => worker.git('worktree', 'add', '--quiet', '--detach', join(worker.path, 'build/tree')),
      /other worktrees are inside/,
    ],
    [
      'BranchCheckedOutElsewhere',
      (worker) =>
        worker.git('worktree', 'add', '--quiet', '--force', join(worker.box.dir, 'twin'), worker.branch),
      /its branch is checked out elsewhere, too/,
    ],
    [
      'StashOfADetachedHead',
      (worker) => {
        worker.git('checkout', '--quiet', '--detach')
        stash(worker)
        worker.git('checkout', '--quiet', worker.branch)
      },
      /stashed: On \(no branch\): mine/,
    ],
    [
      'RefOfARewrite',
      (worker) => worker.git('update-ref', 'refs/rewritten/onto', 'HEAD'),
      /refs of this worktree alone/,
    ],
    [
      'RefOfItsOwn',
      (worker) => worker.git('update-ref', 'refs/worktree/keep', 'HEAD'),
      /refs of this worktree alone/,
    ],
    ['IndexLocked', (worker) => writeFileSync(join(gitDir(worker), 'index.lock'), ''), /git is changing it/],
  ]
  it.each(local)('%s: refused', async (_, arrange, expected) => {
    const worker = pushed()
    arrange(worker)
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: expect.arrayContaining([expect.stringMatching(expected)]),
    })
  })

  it('StashOfAnotherBranch: does not count', async () => {
    const worker = pushed()
    stash(worker)
    worker.git('branch', '--quiet', '-m', 'polecat/nux-m2')
    worker.git('push', '--quiet', 'origin', 'polecat/nux-m2')
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
  })

  it('NearRuntimeFile: a name that merely begins like a runtime file’s', async () => {
    const worker = pushed()
    worker.write('.beads/redirect', 'x')
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
    worker.write('.beads/redirect-notes', 'x')
    expect(await gate(worker)).toMatchObject({verdict: 'unsafe'})
  })

  it('RuntimeFolderOfTheProject: a new file beside the files of the project is work', async () => {
    const worker = makeWorker()
    worker.git('push', '--quiet', 'origin', worker.branch)
    worker.write('.logs/today', 'x')
    expect(await gate(worker)).toMatchObject({verdict: 'safe'})
    worker.commit('.logs/kept')
    worker.git('push', '--quiet', 'origin', worker.branch)
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: [expect.stringContaining('.logs/today')],
    })
  })

  it('MovedByHand: its repository does not know the new path', async () => {
    const worker = makeWorker()
    worker.git('checkout', '--quiet', '--detach')
    const path = join(worker.box.dir, 'moved')
    renameSync(worker.path, path)
    expect(await gate(worker, {path})).toEqual({
      verdict: 'unsafe',
      reasons: ['its repository does not know it as a worktree'],
    })
  })

  const underWay: [string, string[], RegExp][] = [
    ['Merge', ['merge', 'other'], /a merge is under way/],
    ['Rebase', ['rebase', 'other'], /a rebase is under way/],
    ['CherryPick', ['cherry-pick', 'other'], /a cherry-pick is under way/],
    ['Revert', ['revert', '--no-edit', 'HEAD~1'], /a revert is under way/],
    ['CherryPickOfSeveral', ['cherry-pick', 'other', 'other~1'], /a series of commits is under way/],
    ['Patches', ['rebase', '--apply', 'other'], /a series of patches is under way/],
    ['Bisect', ['bisect', 'start', 'HEAD', 'HEAD~1'], /a bisect is under way/],
  ]
  it.each(underWay)('%s under way: refused', async (_, command, expected) => {
    const worker = pushed()
    worker.git('checkout', '--quiet', '-b', 'other', 'HEAD~1')
    worker.commit('work', 'otherwise\n')
    worker.git('checkout', '--quiet', worker.branch)
    worker.commit('work', 'again\n')
    // All but the last one end in a conflict.
    const run = () => worker.git(...command)
    if (command[0] === 'bisect') run()
    else expect(run).toThrow('Command failed')
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: expect.arrayContaining([expect.stringMatching(expected)]),
    })
  })

  it.each([
    ['open', 'unsafe', 'its merge request is open'],
    ['unknown', 'unknown', 'cannot tell whether it has a merge request'],
  ] as const)('MergeRequest %s: refused', async (mergeRequest, verdict, text) => {
    expect(await gate(pushed(), {mergeRequest})).toEqual({verdict, reasons: [text]})
  })

  it('CallerInside: refused, even through a link', async () => {
    const worker = pushed()
    const link = join(worker.box.dir, 'link')
    symlinkSync(worker.path, link)
    for (const callerDirectory of [worker.path, link]) {
      expect(await gate(worker, {callerDirectory})).toMatchObject({
        verdict: 'unsafe',
        reasons: ['this command runs inside it'],
      })
    }
  })

  it.each<Case>([
    ['HeadMoves', (worker) => worker.commit('late'), 'HEAD moved during the check'],
    [
      'BranchChanges',
      (worker) => worker.git('checkout', '--quiet', '-b', 'late'),
      'HEAD moved during the check',
    ],
    ['FileAppears', (worker) => worker.write('late', ''), 'its files changed during the check'],
  ])('%s meanwhile: refused', async (_, change, reason) => {
    const worker = pushed()
    const git = unattendedGit(worker.box.env)
    const result = await gate(worker, {
      git: (args, options) => {
        if (args[0] === 'fetch') change(worker)
        return git(args, options)
      },
    })
    expect(result).toEqual({verdict: 'unsafe', reasons: [reason]})
  })
})
