import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {readRecord} from '../../src/record.js'
import {
  away,
  back,
  checkSound,
  collect,
  record,
  recordOf,
  removed,
  removedFolder,
  rigOf,
  snapshot,
} from '../support/put-away.js'
import {makeWorker, type Worker} from '../support/worker.js'

/** States of a sandbox. A put-away and a restore must preserve each. */
const CASES: Readonly<Record<string, (worker: Worker) => unknown>> = {
  Plain: (worker) => worker.commit('work'),
  Dirty: (worker) => [
    worker.write('README', 'changed\n'),
    worker.write('new', 'only here\n'),
    stage(worker, 'staged'),
  ],
  Ignored: (worker) => [worker.write('build/out', 'built\n'), worker.write('build/deep/.env', 'secret\n')],
  Detached: (worker) => [
    worker.commit('work'),
    worker.git('checkout', '--quiet', '--detach'),
    worker.commit('on'),
  ],
  Unborn: (worker) => worker.git('checkout', '--quiet', '--orphan', 'fresh'),
  Sparse: (worker) => [
    worker.commit('in/a'),
    worker.commit('out/b'),
    worker.git('sparse-checkout', 'set', 'in'),
  ],
  SplitIndex: (worker) => [worker.git('update-index', '--split-index'), stage(worker, 'staged')],
  UntrackedCache: (worker) => [worker.git('update-index', '--untracked-cache'), worker.write('new', 'x')],
  SkipWorktree: (worker) => [
    worker.git('update-index', '--skip-worktree', 'README'),
    worker.write('README', 'mine\n'),
  ],
  AssumeUnchanged: (worker) => [
    worker.git('update-index', '--assume-unchanged', 'README'),
    worker.write('README', 'mine\n'),
  ],
  Conflicted: (worker) => attempt(() => conflict(worker, 'merge', '--quiet', 'side')),
  CherryPick: (worker) => attempt(() => conflict(worker, 'cherry-pick', 'side')),
  Rebase: (worker) => attempt(() => conflict(worker, 'rebase', '--quiet', 'side')),
  RebaseWithAutostash: (worker) =>
    attempt(() => {
      worker.commit('tracked')
      worker.write('tracked', 'stashed by the rebase\n')
      conflict(worker, 'rebase', '--quiet', '--autostash', 'side')
    }),
  Bisect: (worker) => [
    worker.commit('a'),
    worker.commit('b'),
    worker.git('bisect', 'start', 'HEAD', 'HEAD~2'),
  ],
  PrivateRef: (worker) => [
    worker.git('update-ref', 'refs/worktree/kept', worker.commit('kept')),
    worker.git('reset', '--quiet', '--hard', 'HEAD~1'),
  ],
  WorktreeConfig: (worker) => [
    worker.git('config', 'extensions.worktreeConfig', 'true'),
    worker.git('config', '--worktree', 'user.name', 'nux'),
  ],
  BranchSettings: (worker) => [
    worker.git('config', `branch.${worker.branch}.description`, 'two\nlines'),
    worker.git('push', '--quiet', '--set-upstream', 'origin', worker.branch),
  ],
  OddNames: (worker) => [
    worker.write('a b/"quoted"', 'x'),
    worker.write('-dash', 'x'),
    worker.write('new\nline', 'x'),
    symlinkSync('nowhere', join(worker.path, 'link')),
    symlinkSync('/etc', join(worker.path, 'etc')),
  ],
  OddModes: (worker) => [
    chmodSync(worker.write('private', 'x'), 0o600),
    chmodSync(worker.write('folder/run', 'x'), 0o755),
    chmodSync(join(worker.path, 'folder'), 0o500),
  ],
  ReadOnlyTop: (worker) => [worker.write('new', 'x'), chmodSync(worker.path, 0o555)],
  NestedRepository: (worker) => worker.gitIn(worker.path, 'init', '--quiet', 'build/nested'),
  Submodule: (worker) => [addSubmodule(worker), stage(worker, 'staged')],
  SubmoduleDirty: (worker) => [
    addSubmodule(worker),
    worker.git('commit', '--quiet', '--message', 'lib'),
    worker.write('lib/README', 'changed\n'),
    worker.gitIn(join(worker.path, 'lib'), 'checkout', '--quiet', '-b', 'own'),
  ],
  SubmoduleNested: (worker) => {
    addSubmodule(worker)
    const lib = join(worker.path, 'lib')
    worker.gitIn(lib, 'submodule', '--quiet', 'add', worker.origin, 'deep/inner')
    worker.write('lib/deep/inner/new', 'x')
  },
  SubmoduleRemoved: (worker) => [
    addSubmodule(worker),
    worker.git('commit', '--quiet', '--message', 'lib'),
    worker.git('rm', '--quiet', '-f', 'lib'),
  ],
  SubmoduleUnabsorbed: (worker) => [
    worker.gitIn(worker.path, 'clone', '--quiet', worker.origin, 'lib'),
    worker.git('add', 'lib'),
  ],
}

function stage(worker: Worker, file: string): void {
  worker.write(file, `${file}\n`)
  worker.git('add', '--', file)
}

const addSubmodule = (worker: Worker) => worker.git('submodule', '--quiet', 'add', worker.origin, 'lib')

/** Makes two branches with conflicting changes to one file, and runs a git command that meets the conflict. */
function conflict(worker: Worker, ...command: string[]): void {
  worker.git('branch', 'side')
  worker.commit('README', 'ours\n')
  const [blob, tree] = [worker.write('build/blob', 'theirs\n'), worker.git('rev-parse', 'side')]
  const hash = worker.git('hash-object', '-w', blob)
  const theirs = worker
    .gitIn(worker.repository, 'ls-tree', tree)
    .replace(/[0-9a-f]{40}\tREADME/, `${hash}\tREADME`)
  const made = worker.git('commit-tree', '-p', 'side', '-m', 'theirs', makeTree(worker, theirs))
  worker.git('update-ref', 'refs/heads/side', made)
  worker.git(...command)
}

function makeTree(worker: Worker, listing: string): string {
  const file = worker.write('build/listing', `${listing}\n`)
  return worker.git('-c', `alias.tree=!git mktree < '${file}'`, 'tree')
}

function attempt(work: () => void): void {
  let failed = false
  try {
    work()
  } catch {
    failed = true
  }
  expect(failed).toBe(true)
}

describe('put away and restore', () => {
  it.each(Object.entries(CASES))(
    '%s: everything is as it was, despite a gc and a prune in between',
    async (_, prepare) => {
      const worker = makeWorker()
      prepare(worker)
      const before = snapshot(worker)
      const {id, path} = await away(worker)
      expect(existsSync(worker.path)).toBe(false)
      expect(existsSync(path)).toBe(true)
      collect(worker)
      expect(await back(worker, id)).toMatchObject({path: worker.path, detached: undefined})
      expect(snapshot(worker)).toEqual(before)
      expect(existsSync(removedFolder(worker))).toBe(false)
    },
  )

  it.each(['bare', 'clone'] as const)(
    'in a %s repository: git works in the sandbox while it is away',
    async (repository) => {
      const worker = makeWorker({repository})
      worker.commit('work')
      const {path} = await away(worker)
      expect(worker.gitIn(path, 'status', '--porcelain')).toBe('')
      expect(worker.gitIn(worker.repository, 'branch', '--list', worker.branch)).toBe('')
      expect(() => worker.gitIn(worker.repository, 'worktree', 'remove', '--force', path)).toThrow(/locked/)
    },
  )

  it('OlderLayout: the sandbox is the folder of its worker', async () => {
    const worker = makeWorker()
    const old = join(rigOf(worker).path, 'polecats/nux')
    worker.gitIn(worker.repository, 'worktree', 'move', worker.path, `${old}2`)
    renameSync(old, `${old}3`)
    worker.gitIn(worker.repository, 'worktree', 'move', `${old}2`, old)
    addSubmodule({...worker, git: (...args) => worker.gitIn(old, ...args)})
    const before = snapshot(worker, old)
    const {id} = await away(worker)
    expect(existsSync(old)).toBe(false)
    await back(worker, id)
    expect(snapshot(worker, old)).toEqual(before)
  })

  it('AsAnotherName: comes back under that name, with its submodule', async () => {
    const worker = makeWorker()
    addSubmodule(worker)
    await record(worker)
    const before = snapshot(worker)
    const {id} = await away(worker)
    const {path} = await back(worker, id, {as: 'slit'})
    expect(path).toBe(join(rigOf(worker).path, 'polecats/slit/rig'))
    expect(snapshot(worker, path)).toEqual(before)
    expect(await readRecord({rig: rigOf(worker), name: 'slit'})).toEqual({
      is: 'present',
      record: recordOf(worker, {name: 'slit'}),
    })
  })

  it('Record: is removed with the sandbox, and comes back with it', async () => {
    const worker = makeWorker()
    await record(worker)
    const {id} = await away(worker)
    expect(id).toBe('nux-a1b2')
    expect(await readRecord({rig: rigOf(worker), name: 'nux'})).toEqual({is: 'absent'})
    expect(existsSync(join(rigOf(worker).path, 'polecats/nux'))).toBe(false)
    await back(worker, id)
    expect(await readRecord({rig: rigOf(worker), name: 'nux'})).toEqual({
      is: 'present',
      record: recordOf(worker),
    })
  })

  it('TownMoved in between: the sandbox comes back in the new place', async () => {
    const worker = makeWorker()
    addSubmodule(worker)
    worker.write('new', 'x')
    const before = snapshot(worker)
    const {id} = await away(worker)
    const town = join(worker.box.dir, 'elsewhere')
    mkdirSync(town)
    renameSync(rigOf(worker).path, join(town, 'rig'))
    const moved = {...worker, box: {...worker.box, dir: town}, repository: join(town, 'rig/.repo.git')}
    collect(moved)
    const {path} = await back(moved, id)
    expect(path).toBe(join(town, 'rig/polecats/nux/rig'))
    expect(snapshot(moved, path)).toEqual(before)
  })

  it('RigBehindALink: comes back as it was', async () => {
    const worker = makeWorker()
    renameSync(rigOf(worker).path, join(worker.box.dir, 'real'))
    symlinkSync('real', rigOf(worker).path)
    worker.gitIn(worker.repository, 'worktree', 'repair', worker.path)
    const before = snapshot(worker)
    await back(worker, (await away(worker)).id)
    expect(snapshot(worker)).toEqual(before)
  })

  it('RelativeLinks: stay relative', async () => {
    const worker = makeWorker()
    const admin = join(worker.repository, 'worktrees/rig')
    writeFileSync(join(admin, 'gitdir'), '../../../polecats/nux/rig/.git\n')
    writeFileSync(join(worker.path, '.git'), 'gitdir: ../../../.repo.git/worktrees/rig\n')
    const {id, path} = await away(worker)
    expect(worker.gitIn(path, 'rev-parse', '--show-toplevel')).toBe(path)
    await back(worker, id)
    expect(worker.gitIn(worker.path, 'status', '--porcelain')).toBe('')
  })

  it('BranchTaken in between: HEAD comes back detached, and the result says why', async () => {
    const worker = makeWorker()
    const head = worker.commit('work')
    const {id} = await away(worker)
    worker.addWorktree(join(worker.box.dir, 'other'), {branch: worker.branch, from: head})
    expect(await back(worker, id)).toMatchObject({
      detached: expect.stringContaining('is checked out elsewhere'),
    })
    expect(worker.git('rev-parse', 'HEAD')).toBe(head)
  })

  it('BranchMoved in between: HEAD comes back detached, and the branch stays', async () => {
    const worker = makeWorker()
    const head = worker.commit('work')
    const {id} = await away(worker)
    worker.gitIn(worker.repository, 'branch', worker.branch, 'origin/main')
    expect(await back(worker, id)).toMatchObject({detached: expect.stringContaining('has moved')})
    expect(worker.git('rev-parse', 'HEAD')).toBe(head)
    expect(worker.git('rev-parse', worker.branch)).toBe(worker.git('rev-parse', 'origin/main'))
  })

  it('BranchMoved during the put-away: the branch keeps its new commit', async () => {
    const worker = makeWorker()
    worker.commit('work')
    const move = () =>
      worker.gitIn(worker.repository, 'update-ref', `refs/heads/${worker.branch}`, 'origin/main')
    await away(worker, {step: (name) => void (name === 'moved' && move())})
    const tip = worker.gitIn(worker.repository, 'rev-parse', worker.branch)
    expect(tip).toBe(worker.gitIn(worker.repository, 'rev-parse', 'origin/main'))
  })

  it('BranchCheckedOutTwice: the other worktree keeps the branch', async () => {
    const worker = makeWorker()
    const head = worker.commit('work')
    const other = join(worker.box.dir, 'other')
    worker.git('worktree', 'add', '--quiet', '--force', other, worker.branch)
    await away(worker)
    expect(worker.gitIn(other, 'rev-parse', 'HEAD', worker.branch)).toBe(`${head}\n${head}`)
  })

  it('RecordOfALaterWorker: stays', async () => {
    const worker = makeWorker()
    await record(worker)
    const step = async (name: string) =>
      void (name === 'moved' && (await record(worker, {incarnation: 'later'})))
    await away(worker, {step})
    expect(await readRecord({rig: rigOf(worker), name: 'nux'})).toMatchObject({
      record: {incarnation: 'later'},
    })
  })

  it('SubmoduleElsewhere: a submodule with files outside of the sandbox stays as it is', async () => {
    const worker = makeWorker()
    addSubmodule(worker)
    const config = join(worker.repository, 'worktrees/rig/modules/lib/config')
    worker.git('config', '--file', config, 'core.worktree', worker.box.dir)
    const before = readFileSync(config, 'utf8')
    await back(worker, (await away(worker)).id, {as: 'slit'})
    expect(readFileSync(config, 'utf8')).toBe(before)
  })

  it('BranchLog: comes back with the branch', async () => {
    const worker = makeWorker()
    worker.git('config', 'core.logAllRefUpdates', 'true')
    worker.commit('one')
    worker.commit('two')
    const log = worker.git('reflog', 'show', worker.branch)
    const {id} = await away(worker)
    await back(worker, id)
    expect(worker.git('reflog', 'show', worker.branch)).toContain(log)
  })

  it.each<[string, (worker: Worker) => string]>([
    ['AlternateIndex', (worker) => blob(worker, 'alternate')],
    ['IndexInTheSandbox', (worker) => blob(worker, 'inside', join(worker.path, 'other.index'))],
    [
      'NoIndexAtAll',
      (worker) => worker.git('hash-object', '-w', worker.write('build/x', 'only an object\n')),
    ],
    [
      'ResetAway',
      (worker) => {
        const lost = worker.commit('lost')
        worker.git('reset', '--quiet', '--hard', 'HEAD~1')
        return lost
      },
    ],
    [
      'OrigHead',
      (worker) => {
        const lost = worker.commit('lost')
        worker.git('reset', '--quiet', '--hard', 'HEAD~1')
        worker.git('reflog', 'expire', '--expire=all', '--all')
        return lost
      },
    ],
    [
      'TagDeleted',
      (worker) => {
        worker.git('tag', '--annotate', '--message', 'only here', 'kept')
        const tag = worker.git('rev-parse', 'kept')
        worker.git('tag', '--delete', 'kept')
        return tag
      },
    ],
  ])('%s: its object is still there after a gc', async (_, make) => {
    const worker = makeWorker()
    const object = make(worker)
    await away(worker)
    collect(worker)
    expect(worker.gitIn(worker.repository, 'cat-file', '-t', object)).toMatch(/blob|commit|tag/)
  })

  it('ObjectMissing: the incomplete commit is not pinned, and gc still works', async () => {
    const worker = makeWorker()
    const lost = worker.commit('lost')
    const blob = worker.git('rev-parse', `${lost}:lost`)
    worker.git('reset', '--quiet', '--hard', 'HEAD~1')
    rmSync(join(worker.repository, 'objects', blob.slice(0, 2), blob.slice(2)))
    worker.git('reflog', 'expire', '--expire=all', '--all')
    const {id} = await away(worker)
    const pinned = worker.gitIn(worker.repository, 'rev-list', `refs/gt-archive/removed/${id}/pin`)
    expect(pinned).not.toContain(lost)
    collect(worker)
  })

  it('LongLog: more commits than one pin commit can have as parents', async () => {
    const worker = makeWorker()
    const tree = worker.git('rev-parse', 'HEAD^{tree}')
    const log = join(worker.repository, 'worktrees/rig/logs/HEAD')
    const script = Array.from({length: 1200}, (_, at) => commitOf(at + 1, tree)).join('')
    const made = worker.git(
      '-c',
      `alias.many=!git fast-import --quiet < '${worker.write('build/x', script)}'`,
      'many',
    )
    const lines = made.split('\n').map((name) => `${'0'.repeat(40)} ${name} a <a@b> 1 +0000\tx\n`)
    writeFileSync(log, lines.join(''))
    const {id} = await away(worker)
    collect(worker)
    checkSound(worker)
    const kept = worker.gitIn(worker.repository, 'rev-list', `refs/gt-archive/removed/${id}/pin`)
    expect(kept.split('\n')).toEqual(expect.arrayContaining(made.split('\n')))
  })

  it('NameUsedTwice: both sandboxes are kept under different ids', async () => {
    const worker = makeWorker()
    await record(worker)
    const first = await away(worker)
    worker.addWorktree(worker.path, {branch: 'polecat/again', from: 'origin/main'})
    await record(worker)
    const second = await away(worker)
    expect(second.id).not.toBe(first.id)
    expect((await removed(worker)).map(({id}) => id)).toEqual([first.id, second.id])
    await expect(back(worker, first.id).then(() => back(worker, second.id))).rejects.toMatchObject({
      code: 'POLECAT_EXISTS',
    })
    expect(await back(worker, second.id, {as: 'slit'})).toMatchObject({name: 'slit'})
  })
})

/** Returns input for `git fast-import` that makes a commit and prints its name. */
const commitOf = (mark: number, tree: string) =>
  `commit refs/many/${mark}\nmark :${mark}\ncommitter a <a@b> ${mark} +0000\ndata 1\nx\nM 040000 ${tree} \n\nget-mark :${mark}\n` +
  `reset refs/many/${mark}\nfrom ${'0'.repeat(40)}\n\n`

function blob(
  worker: Worker,
  text: string,
  index = join(worker.repository, 'worktrees/rig/other.index'),
): string {
  const object = worker.git('hash-object', '-w', worker.write('build/x', `${text}\n`))
  const add = `alias.into=!GIT_INDEX_FILE='${index}' git update-index --add --cacheinfo 100644,${object},x`
  worker.git('-c', add, 'into')
  return object
}
