import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {purge} from '../../src/put-away/purge.js'
import {recoverRemovals} from '../../src/put-away/recover.js'
import {
  away,
  back,
  checkSound,
  collect,
  contextOf,
  filesOf,
  killedAfter,
  record,
  recordOf,
  removed,
  removedFolder,
  rigOf,
} from '../support/put-away.js'
import {makeWorker, type Worker} from '../support/worker.js'

const homeOf = (worker: Worker) => join(rigOf(worker).path, 'polecats/nux')
const adminOf = (worker: Worker) => join(worker.repository, 'worktrees/rig')

/** Removes the worktree as git does, so that no admin folder is left. */
const withoutWorktree = (worker: Worker) =>
  worker.gitIn(worker.repository, 'worktree', 'remove', '--force', worker.path)

/** What can be in the place of a worker without being a worktree of its rig. */
const NO_WORKTREE: Readonly<Record<string, (worker: Worker) => unknown>> = {
  Folder: (worker) => [withoutWorktree(worker), worker.write('notes', 'mine\n')],
  FilesBesideTheSandbox: (worker) => [
    withoutWorktree(worker),
    mkdirSync(homeOf(worker), {recursive: true}),
    writeFileSync(join(homeOf(worker), 'notes'), 'mine\n'),
  ],
  HiddenFile: (worker) => [
    withoutWorktree(worker),
    mkdirSync(homeOf(worker), {recursive: true}),
    writeFileSync(join(homeOf(worker), '.env'), 'SECRET=1\n'),
  ],
  File: (worker) => [
    withoutWorktree(worker),
    rmSync(homeOf(worker), {recursive: true, force: true}),
    writeFileSync(homeOf(worker), 'mine\n'),
  ],
  ReadOnlyFile: (worker) => [
    withoutWorktree(worker),
    rmSync(homeOf(worker), {recursive: true, force: true}),
    writeFileSync(homeOf(worker), 'mine\n', {mode: 0o400}),
  ],
  Link: (worker) => [
    withoutWorktree(worker),
    rmSync(homeOf(worker), {recursive: true, force: true}),
    symlinkSync(worker.box.dir, homeOf(worker)),
  ],
  LinkToNowhere: (worker) => [
    withoutWorktree(worker),
    rmSync(homeOf(worker), {recursive: true, force: true}),
    symlinkSync('nowhere', homeOf(worker)),
  ],
  ReadOnlyFolder: (worker) => [
    withoutWorktree(worker),
    worker.write('notes', 'mine\n'),
    chmodSync(homeOf(worker), 0o555),
  ],
  Clone: (worker) => [
    withoutWorktree(worker),
    worker.gitIn(worker.box.dir, 'clone', '--quiet', worker.origin, worker.path),
    worker.commit('work'),
  ],
  CloneInTheOldLayout: (worker) => [
    withoutWorktree(worker),
    rmSync(homeOf(worker), {recursive: true, force: true}),
    worker.gitIn(worker.box.dir, 'clone', '--quiet', worker.origin, homeOf(worker)),
  ],
  WorktreeThatItsRepositoryForgot: (worker) => {
    const foreign = join(worker.box.dir, 'foreign')
    withoutWorktree(worker)
    worker.gitIn(worker.box.dir, 'clone', '--quiet', worker.origin, foreign)
    worker.gitIn(foreign, 'worktree', 'add', '--quiet', '-b', 'other', worker.path)
    rmSync(join(foreign, '.git/worktrees'), {recursive: true})
  },
  CopyOfAWorktree: (worker) => {
    const other = join(worker.box.dir, 'other')
    worker.gitIn(worker.repository, 'worktree', 'move', worker.path, other)
    cpSync(other, worker.path, {recursive: true})
  },
  AdminFolderPruned: (worker) => [
    worker.write('notes', 'mine\n'),
    rmSync(adminOf(worker), {recursive: true}),
  ],
  EmptyGitFile: (worker) => [rmSync(adminOf(worker), {recursive: true}), worker.write('.git', '')],
}

/** Worktrees whose own link is broken, while the repository still knows them. */
const BROKEN: Readonly<Record<string, (worker: Worker) => unknown>> = {
  NoGit: (worker) => rmSync(join(worker.path, '.git')),
  GitIsALink: (worker) => {
    renameSync(join(worker.path, '.git'), join(worker.box.dir, 'elsewhere'))
    symlinkSync(join(worker.box.dir, 'elsewhere'), join(worker.path, '.git'))
  },
  OwnRepository: (worker) => [
    rmSync(join(worker.path, '.git')),
    worker.gitIn(worker.path, 'init', '--quiet'),
  ],
  ForeignRepository: (worker) => {
    const foreign = join(worker.box.dir, 'foreign')
    worker.gitIn(worker.box.dir, 'init', '--quiet', foreign)
    writeFileSync(join(worker.path, '.git'), `gitdir: ${foreign}/.git\n`)
  },
  ForeignRepositoryWithTheSameName: (worker) => {
    const foreign = join(worker.box.dir, 'foreign/worktrees/rig')
    mkdirSync(foreign, {recursive: true})
    writeFileSync(join(worker.path, '.git'), `gitdir: ${foreign}\n`)
  },
  GitOfAnother: (worker) => {
    worker.git('worktree', 'add', '--quiet', '-b', 'other', join(worker.box.dir, 'other'))
    writeFileSync(join(worker.path, '.git'), `gitdir: ${worker.repository}/worktrees/other\n`)
  },
  HalfRemoved: (worker) => {
    for (const file of readdirSync(worker.path))
      if (file !== 'new') rmSync(join(worker.path, file), {recursive: true})
  },
  FolderGone: (worker) => rmSync(worker.path, {recursive: true}),
}

/** What is in the place of the worker, without following a link there. */
function seen(worker: Worker, path = homeOf(worker)) {
  const stats = lstatSync(path)
  const mode = (stats.mode & 0o7777).toString(8)
  if (stats.isSymbolicLink()) return {link: readlinkSync(path)}
  return stats.isDirectory() ? {mode, files: filesOf(path)} : {mode, text: readFileSync(path, 'utf8')}
}

const recover = (worker: Worker) => recoverRemovals(contextOf(worker))

describe('what is no worktree of its rig', () => {
  it.each(Object.entries(NO_WORKTREE))('%s: is put away as it is, and comes back', async (_, prepare) => {
    const worker = makeWorker()
    prepare(worker)
    await record(worker)
    const before = seen(worker)
    const {id} = await away(worker, {verdict: {is: 'safe', reasons: []}})
    collect(worker)
    expect(existsSync(homeOf(worker))).toBe(false)
    expect(() => lstatSync(homeOf(worker))).toThrow('ENOENT')
    expect(await removed(worker)).toMatchObject([{id, verdict: {is: 'unknown'}}])
    expect(await recover(worker)).toEqual([])
    await back(worker, id)
    expect(seen(worker)).toEqual(before)
    expect(JSON.parse(readFileSync(join(rigOf(worker).path, '.runtime/polecats/nux.json'), 'utf8'))).toEqual(
      recordOf(worker),
    )
    expect(existsSync(removedFolder(worker))).toBe(false)
  })

  it.each(Object.entries(NO_WORKTREE))('%s: is purged only when asked', async (_, prepare) => {
    const worker = makeWorker()
    prepare(worker)
    const {id} = await away(worker, {verdict: {is: 'safe', reasons: []}})
    const request = {...contextOf(worker), processesIn: () => [], id}
    await expect(purge(request)).rejects.toMatchObject({code: 'NOT_SAFE'})
    expect(await purge({...request, unclean: true})).toEqual({outcome: 'purged'})
    expect(existsSync(removedFolder(worker))).toBe(false)
    expect(existsSync(worker.box.dir)).toBe(true)
  })

  it.each(Object.entries(BROKEN))(
    '%s: what only its admin folder names comes back, too',
    async (_, prepare) => {
      const worker = makeWorker()
      const commit = worker.commit('away')
      worker.git('reset', '--quiet', '--hard', 'HEAD~1')
      worker.write('new', 'only here\n')
      worker.git('add', 'new')
      prepare(worker)
      const [before, branches] = [seen(worker), worker.gitIn(worker.repository, 'branch')]
      const {id} = await away(worker)
      collect(worker)
      // A later worker of the name, as git makes it, must not get the old admin folder.
      worker.addWorktree(worker.path, {branch: 'polecat/again', from: 'origin/main'})
      worker.gitIn(worker.repository, 'worktree', 'repair')
      expect(worker.git('symbolic-ref', 'HEAD')).toBe('refs/heads/polecat/again')
      worker.gitIn(worker.repository, 'worktree', 'remove', '--force', worker.path)
      worker.gitIn(worker.repository, 'branch', '-D', 'polecat/again')
      rmSync(dirname(worker.path), {recursive: true, force: true})
      await back(worker, id)
      expect(seen(worker)).toEqual(before)
      expect(worker.gitIn(worker.repository, 'branch')).toBe(branches)
      expect(existsSync(removedFolder(worker))).toBe(false)
      const inAdmin = (...args: string[]) =>
        worker.gitIn(worker.repository, `--git-dir=${adminOf(worker)}`, ...args)
      expect(inAdmin('show', ':new')).toBe('only here')
      expect(inAdmin('log', '--format=%s', '-1', commit)).toBe('add away')
      expect(existsSync(join(adminOf(worker), 'locked'))).toBe(false)
      checkSound(worker)
    },
  )

  it.each([
    ['moving', false],
    ['pinned', false],
    ['locked', false],
    ['moved', true],
    ['relinked', true],
    ['branch given up', true],
    ['worker forgotten', true],
  ])('killed after %s: the next command undoes or finishes it', async (step, isAway) => {
    const worker = makeWorker()
    worker.write('notes', 'mine\n')
    rmSync(join(worker.path, '.git'))
    const before = seen(worker)
    killedAfter(worker, step, "api.putAway({...context, name: 'nux', verdict})")
    collect(worker)
    expect(await recover(worker)).toEqual([])
    const entries = await removed(worker)
    expect(entries).toHaveLength(isAway ? 1 : 0)
    for (const {id} of entries) await back(worker, id)
    expect(seen(worker)).toEqual(before)
    expect(existsSync(removedFolder(worker))).toBe(false)
    expect(existsSync(join(adminOf(worker), 'locked'))).toBe(false)
  })

  it.each(['restoring', 'moved', 'relinked', 'branch taken back', 'unlocked', 'dropped'])(
    'restore killed after %s: is complete after the next command',
    async (step) => {
      const worker = makeWorker()
      worker.write('notes', 'mine\n')
      rmSync(join(worker.path, '.git'))
      const before = seen(worker)
      const {id} = await away(worker)
      killedAfter(worker, step, `api.restore({...context, id: '${id}'})`)
      collect(worker)
      expect(await recover(worker)).toEqual([])
      if (step === 'restoring') await back(worker, id)
      expect(seen(worker)).toEqual(before)
      expect(existsSync(removedFolder(worker))).toBe(false)
    },
  )

  it('AllGone: what the repository still knows is put away, and comes back', async () => {
    const worker = makeWorker()
    worker.write('new', 'only here\n')
    worker.git('add', 'new')
    rmSync(homeOf(worker), {recursive: true})
    const {id} = await away(worker)
    expect(existsSync(homeOf(worker))).toBe(false)
    expect(worker.gitIn(worker.repository, 'branch', '--list', worker.branch)).toBe('')
    collect(worker)
    await back(worker, id)
    const index = worker.gitIn(worker.repository, `--git-dir=${adminOf(worker)}`, 'show', ':new')
    expect(index).toBe('only here')
  })

  it('Empty: there is nothing to put away', async () => {
    const worker = makeWorker()
    withoutWorktree(worker)
    mkdirSync(join(homeOf(worker), '.rig.lock'), {recursive: true})
    await expect(away(worker)).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  })

  it('UnderAnotherName: comes back there', async () => {
    const worker = makeWorker()
    withoutWorktree(worker)
    worker.write('notes', 'mine\n')
    const {id} = await away(worker)
    const {path} = await back(worker, id, {as: 'slit'})
    expect(path).toBe(join(rigOf(worker).path, 'polecats/slit'))
    expect(readFileSync(join(path, 'rig/notes'), 'utf8')).toBe('mine\n')
  })

  it('A patrol that decided for a commit never puts it away', async () => {
    const worker = makeWorker()
    const head = worker.git('rev-parse', 'HEAD')
    withoutWorktree(worker)
    worker.write('notes', 'mine\n')
    await expect(away(worker, {head})).rejects.toMatchObject({code: 'SANDBOX_CHANGED'})
  })
})
