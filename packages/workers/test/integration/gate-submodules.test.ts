import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {type Case, push} from '../support/situations.js'
import {gate, makeWorker, type Worker} from '../support/worker.js'

describe('submodules', () => {
  /** A worker whose sandbox has an initialised submodule, with everything pushed. */
  function withSubmodule(): Worker {
    const worker = makeWorker()
    const library = join(worker.box.dir, 'library.git')
    worker.gitIn(worker.box.dir, 'clone', '--quiet', '--bare', worker.origin, library)
    worker.git('submodule', '--quiet', 'add', library, 'library')
    worker.git('commit', '--quiet', '--message', 'library')
    push(worker)
    return worker
  }
  const inLibrary = (worker: Worker, ...args: string[]) => worker.gitIn(join(worker.path, 'library'), ...args)

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
      /submodule library has commits of its own/,
    ],
    [
      'Stash',
      (worker) => {
        worker.write('library/README', 'changed')
        inLibrary(worker, 'stash', 'push', '--quiet')
      },
      /submodule library has commits of its own/,
    ],
    [
      'CommitThatOnlyItsLogKnows',
      (worker) => {
        inLibrary(worker, 'commit', '--quiet', '--allow-empty', '--message', 'only here')
        inLibrary(worker, 'reset', '--quiet', '--hard', 'HEAD~1')
      },
      /submodule library has commits of its own/,
    ],
    [
      'ChangeHiddenBySettings',
      (worker) => {
        worker.git('config', 'submodule.library.ignore', 'all')
        worker.write('library/README', 'changed')
      },
      /not committed: {2}M library/,
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
      /submodule library\/inner has commits of its own/,
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
      /submodule library is at a commit that its remote does not have/,
    ],
  ])('%s: refused', async (_, arrange, expected) => {
    const worker = withSubmodule()
    arrange(worker)
    expect(await gate(worker)).toMatchObject({
      verdict: 'unsafe',
      reasons: expect.arrayContaining([expect.stringMatching(expected)]),
    })
  })
})
