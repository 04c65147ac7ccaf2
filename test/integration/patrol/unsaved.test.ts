// Workers that reported done, but whose work exists only in their sandbox.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {finished, push, whenDue} from './support/finished.js'
import {MINUTE, type Polecat, verdictOf, type World} from './support/world.js'

type Case = [title: string, arrange: (world: World, nux: Polecat) => void]

const pushed =
  (arrange: (nux: Polecat, world: World) => void) =>
  (world: World, nux: Polecat): void => {
    push(nux)
    arrange(nux, world)
  }

const unsafe: Case[] = [
  ['an uncommitted change', pushed((nux) => nux.write('README', 'changed\n'))],
  ['an untracked file', pushed((nux) => nux.write('notes'))],
  ['a staged file', pushed(staged)],
  ['a commit without an upstream', (_, nux) => void nux.commit('work')],
  ['a commit, where the default branch is develop', develop],
  ['a detached commit', pushed(detached)],
  ['a rebase under way', rebasing],
  ['a locked worktree', pushed((nux) => void nux.git('worktree', 'lock', nux.path))],
  ['a tracking ref of a branch that the origin has no more', pushed(gone)],
  ['a merge that was rewritten to solve a conflict', rewritten],
]

describe.each(unsafe)('With %s', (_, arrange) => {
  test('it stays unchanged, and a person is notified once', async () => {
    const [world, nux] = finished()
    arrange(world, nux)
    const before = [nux.git('rev-parse', 'HEAD'), nux.git('status', '--porcelain')]
    const report = await whenDue(world)
    expect(verdictOf(report, 'nux')).toBe('done, dirty')
    await world.cycle(MINUTE)
    expect(world.incidents()).toMatchObject([{cause: 'done, dirty', status: 'open'}])
    expect([nux.git('rev-parse', 'HEAD'), nux.git('status', '--porcelain')]).toEqual(before)
  })
})

function develop(world: World, nux: Polecat): void {
  world.git(world.origin, 'branch', '--move', 'main', 'develop')
  world.git(world.origin, 'symbolic-ref', 'HEAD', 'refs/heads/develop')
  nux.commit('work')
}

function staged(nux: Polecat): void {
  nux.write('staged')
  nux.git('add', 'staged')
}

function detached(nux: Polecat): void {
  nux.git('checkout', '--quiet', '--detach')
  nux.commit('lost')
}

function gone(nux: Polecat, world: World): void {
  nux.git('fetch', '--quiet', 'origin')
  world.git(world.origin, 'branch', '-D', nux.branch)
}

function elsewhere(world: World, file: string, text: string): void {
  const clone = join(world.box.dir, 'first')
  world.git(clone, 'pull', '--quiet', 'origin', 'main')
  writeFileSync(join(clone, file), text)
  world.git(clone, 'add', '.')
  world.git(clone, 'commit', '--quiet', '--message', 'another')
  world.git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
}

function rewritten(world: World, nux: Polecat): void {
  push(nux)
  elsewhere(world, 'work', 'work, but not this one\n')
  world.git(world.origin, 'branch', '-D', nux.branch)
}

function rebasing(world: World, nux: Polecat): void {
  push(nux)
  elsewhere(world, 'work', 'in conflict\n')
  nux.git('fetch', '--quiet', 'origin', 'main')
  expect(() => nux.git('rebase', 'FETCH_HEAD')).toThrow()
}
