import {
  copyFileSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {repairLinks} from '../../src/put-away/repair-links.js'
import {contextOf} from '../support/put-away.js'
import {makeWorker, type Worker} from '../support/worker.js'

const repair = (worker: Worker) => repairLinks(contextOf(worker), worker.path)
const status = (worker: Worker) => worker.git('status', '--porcelain', '--branch')
const gitdir = (worker: Worker, id: string) => join(worker.repository, 'worktrees', id, 'gitdir')

/** A second worker of the same rig, whose worktree works. */
function neighbour(worker: Worker): string {
  const path = join(worker.box.dir, 'rig/polecats/slit/rig')
  worker.addWorktree(path, {branch: 'polecat/slit', from: 'HEAD'})
  return path
}

describe('repairs', () => {
  it.each<[string, (worker: Worker) => unknown]>([
    [
      'a sandbox that was moved into its place',
      ({path, repository}) => writeFileSync(join(repository, 'worktrees/rig/gitdir'), `${path}-draft/.git\n`),
    ],
    ['a .git that is gone', ({path}) => unlinkSync(join(path, '.git'))],
    [
      'a .git with nonsense in it',
      ({path}) => writeFileSync(join(path, '.git'), 'gitdir: /nowhere/at/all\n'),
    ],
  ])('%s', async (_, arrange) => {
    const worker = makeWorker()
    worker.commit('work')
    const before = status(worker)
    arrange(worker)
    await repair(worker)
    expect(status(worker)).toBe(before)
    expect(readFileSync(gitdir(worker, 'rig'), 'utf8')).toBe(`${worker.path}/.git\n`)
  })

  it('a town that was moved, with absolute links on both sides', async () => {
    const worker = makeWorker()
    const before = status(worker)
    const [old, moved] = [join(worker.box.dir, 'rig'), join(worker.box.dir, 'other')]
    renameSync(old, moved)
    const place = {...worker, path: join(moved, 'polecats/nux/rig'), repository: join(moved, '.repo.git')}
    await repairLinks({...contextOf(worker), rig: {name: 'rig', path: moved}}, place.path)
    expect(worker.gitIn(place.path, 'status', '--porcelain', '--branch')).toBe(before)
  })
})

describe('leaves alone', () => {
  it("another worker's worktree, whose .git was copied here", async () => {
    const worker = makeWorker()
    const other = neighbour(worker)
    const [before, links] = [worker.gitIn(other, 'status', '--branch'), ['rig', 'rig1']]
    const texts = () => links.map((id) => readFileSync(gitdir(worker, id), 'utf8'))
    const known = texts()
    copyFileSync(join(other, '.git'), join(worker.path, '.git'))
    await repair(worker)
    expect(texts()).toEqual(known)
    expect(worker.gitIn(other, 'status', '--branch')).toBe(before)
    expect(readFileSync(join(worker.path, '.git'), 'utf8')).toContain('worktrees/rig\n')
  })

  it("another worker's worktree, even if this place has none of its own", async () => {
    const worker = makeWorker()
    const other = neighbour(worker)
    rmSync(join(worker.repository, 'worktrees/rig'), {recursive: true})
    copyFileSync(join(other, '.git'), join(worker.path, '.git'))
    await repair(worker)
    expect(readFileSync(gitdir(worker, 'rig1'), 'utf8')).toBe(`${other}/.git\n`)
  })

  it("another worker's worktree, even if that one is broken", async () => {
    const worker = makeWorker()
    const other = neighbour(worker)
    renameSync(join(other, '.git'), join(worker.path, '.git'))
    await repair(worker)
    expect(readFileSync(gitdir(worker, 'rig1'), 'utf8')).toBe(`${other}/.git\n`)
    expect(readFileSync(join(worker.path, '.git'), 'utf8')).toContain('worktrees/rig\n')
  })

  it('what a link in the place of .git leads to', async () => {
    const worker = makeWorker()
    const precious = join(worker.box.dir, 'precious')
    writeFileSync(precious, 'mine\n')
    unlinkSync(join(worker.path, '.git'))
    symlinkSync(precious, join(worker.path, '.git'))
    await repair(worker)
    expect(readFileSync(precious, 'utf8')).toBe('mine\n')
    expect(lstatSync(join(worker.path, '.git')).isSymbolicLink()).toBe(true)
  })

  it('a worktree of another repository', async () => {
    const worker = makeWorker()
    const elsewhere = join(worker.box.dir, 'elsewhere')
    worker.gitIn(worker.box.dir, 'clone', '--quiet', worker.origin, elsewhere)
    rmSync(worker.path, {recursive: true})
    worker.gitIn(elsewhere, 'worktree', 'add', '--quiet', '-b', 'mine', worker.path)
    // The rig has a worktree of the same name, whose place is gone.
    writeFileSync(gitdir(worker, 'rig'), '/nowhere/.git\n')
    const before = readFileSync(join(worker.path, '.git'), 'utf8')
    await repair(worker)
    expect(readFileSync(join(worker.path, '.git'), 'utf8')).toBe(before)
  })
})
