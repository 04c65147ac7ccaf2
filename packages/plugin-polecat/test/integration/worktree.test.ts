import {mkdirSync, readdirSync, renameSync, writeFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {join} from 'node:path'
import {makeStamp} from '@gtown/sdk/files'
import {describe, expect, test} from 'vitest'
import {healWorktree, removeSpareBranch} from '../../src/worktree.js'
import {makeWorld, type World} from '../support/world.js'

const branches = ({git, repository}: World) =>
  git(repository, 'for-each-ref', '--format=%(refname:strip=2)', 'refs/heads').split('\n')

const repositoryOf = ({repository, services}: World) => ({git: services.git, path: repository})

/** A commit that nothing holds. */
const commitOn = ({git, repository}: World, parent: string) =>
  git(repository, 'commit-tree', `${parent}^{tree}`, '-p', parent, '-m', 'work')

describe('removeSpareBranch', () => {
  test('A branch whose commits are all in another ref goes', async () => {
    const world = makeWorld()
    world.git(world.repository, 'branch', 'polecat/nux', 'main')
    await removeSpareBranch(repositoryOf(world), 'polecat/nux')
    expect(branches(world)).toEqual(['main'])
    await removeSpareBranch(repositoryOf(world), 'polecat/nux')
  })

  test.each<[string, string, (world: World) => unknown]>([
    [
      'with commits of its own',
      'polecat/nux',
      (world) => world.git(world.repository, 'branch', 'polecat/nux', commitOn(world, 'main')),
    ],
    [
      'that is checked out',
      'polecat/nux',
      ({git, repository, box}) =>
        git(repository, 'worktree', 'add', '--quiet', '-b', 'polecat/nux', join(box.dir, 'tree'), 'main'),
    ],
    ["that is not a worker's", 'spare', ({git, repository}) => git(repository, 'branch', 'spare', 'main')],
    [
      'whose name only begins so',
      'polecat/nux',
      ({git, repository}) => git(repository, 'branch', 'polecat/nux/more', 'main'),
    ],
  ])('A branch %s stays', async (_, branch, arrange) => {
    const world = makeWorld()
    arrange(world)
    const before = branches(world)
    expect(before).toHaveLength(2)
    await removeSpareBranch(repositoryOf(world), branch)
    expect(branches(world)).toEqual(before)
  })

  test('A commit that comes while it is looked at keeps the branch', async () => {
    const world = makeWorld()
    const {git, repository} = world
    git(repository, 'branch', 'polecat/nux', 'main')
    const late = commitOn(world, 'main')
    world.intercept(async (args, ask) => {
      const answer = await ask()
      if (args[0] === 'rev-list') git(repository, 'update-ref', 'refs/heads/polecat/nux', late)
      return answer
    })
    await expect(removeSpareBranch(repositoryOf(world), 'polecat/nux')).rejects.toMatchObject({
      code: 'GIT_FAILED',
    })
    expect(git(repository, 'rev-parse', 'polecat/nux')).toBe(late)
  })
})

describe('healWorktree', () => {
  const draft = ({rig}: World, name: string) => join(rig, 'polecats', `.spawning-${name}.1.2.x.host`)

  test.each(['nux', 'slit'])(
    'A draft of %s whose git was killed while it made the admin folder: git works again, and living ones stay',
    async (owner) => {
      const world = makeWorld()
      const {git, repository, rig, ref} = world
      mkdirSync(join(rig, 'polecats'))
      const stamps = [`${2 ** 22 + 1}.1.x.${hostname()}`, await makeStamp()]
      for (const [index, stamp] of stamps.entries()) {
        const path = join(rig, 'polecats', `.spawning-${index === 0 ? owner : 'toast'}.${stamp}`, 'alpha')
        git(repository, 'worktree', 'add', '--quiet', '--lock', '-b', `polecat/${index}`, path, 'main')
      }
      writeFileSync(join(repository, 'worktrees/alpha/commondir'), '')
      expect(() => git(repository, 'worktree', 'list')).toThrow('failed to read')
      await healWorktree(repositoryOf(world), ref('nux'))
      expect(git(repository, 'worktree', 'list')).toContain('.spawning-toast')
      expect(readdirSync(join(rig, 'polecats'))).toEqual([expect.stringMatching(/^\.spawning-toast/)])
      expect(readdirSync(join(repository, 'worktrees'))).toEqual(['alpha1'])
    },
  )

  test("A worker's own drafts go, whether git knows them, has locked them, or not; those of others stay", async () => {
    const world = makeWorld()
    const {git, repository, rig, ref} = world
    const locked = join(draft(world, 'nux'), 'alpha')
    mkdirSync(join(rig, 'polecats'))
    git(repository, 'worktree', 'add', '--quiet', '--lock', '-b', 'polecat/nux', locked, 'main')
    mkdirSync(`${draft(world, 'nux')}2`)
    for (const name of ['nux2', 'toast']) mkdirSync(draft(world, name))
    expect(await healWorktree(repositoryOf(world), ref('nux'))).toBeUndefined()
    expect(readdirSync(join(rig, 'polecats'))).toEqual(
      ['nux2', 'toast'].map((name) => `.spawning-${name}.1.2.x.host`),
    )
    expect(git(repository, 'worktree', 'list', '--porcelain')).not.toContain(locked)
  })
})

describe('a sandbox that was moved before git knew', () => {
  test('Git is told, and the draft that it came from is no reason to give it up', async () => {
    const world = makeWorld()
    const {git, repository, rig, ref, path} = world
    const draft = join(rig, 'polecats/.spawning-nux.1.2.x.host')
    mkdirSync(join(rig, 'polecats/nux'), {recursive: true})
    git(repository, 'worktree', 'add', '--quiet', '-b', 'polecat/nux', join(draft, 'alpha'), 'main')
    renameSync(join(draft, 'alpha'), path('nux'))
    expect(await healWorktree(repositoryOf(world), ref('nux'))).toBe(path('nux'))
    expect(git(repository, 'worktree', 'list', '--porcelain')).toContain(`worktree ${path('nux')}\n`)
    expect(git(path('nux'), 'status', '--porcelain')).toBe('')
    expect(readdirSync(join(rig, 'polecats'))).toEqual(['nux'])
  })
})
