// The work in a sandbox that gt done leaves behind, and names.
import {mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {finishWork} from '../../src/done.js'
import {spawnWorker} from '../../src/spawn.js'
import {makeWorld, type World} from '../support/world.js'

async function working(): Promise<World> {
  const world = makeWorld()
  await spawnWorker(world.services, world.request('nux'))
  return world
}

const finish = ({services, ref}: World, exit: 'COMPLETED' | 'DEFERRED' = 'COMPLETED') =>
  finishWork(services, ref('nux'), {exit})

const inSandbox = (world: World, ...args: string[]) => world.git(world.path('nux'), ...args)

test('Commits of its own are counted, and nothing else is said to be missing', async () => {
  const world = await working()
  expect(await finish(world)).toMatchObject({commits: 0, notTaken: []})
  world.commit('nux', 'one')
  world.commit('nux', 'two')
  expect(await finish(world)).toMatchObject({commits: 2, notTaken: []})
  // They are at the origin now, and are its own all the same.
  expect(await finish(world)).toMatchObject({commits: 2, notTaken: []})
})

test('In a repository that has no tracking branch yet, only its own commits are counted', async () => {
  const world = makeWorld()
  const {git, repository, path} = world
  git(repository, 'worktree', 'add', '--quiet', '-b', 'polecat/nux/gt-1', path('nux'), 'main')
  world.commit('nux', 'work')
  expect(await finish(world)).toMatchObject({commits: 1, notTaken: []})
})

test("A remote 'origin' that is not the rig's registered one is named, without its password", async () => {
  const world = await working()
  const {git, box, origin, rig} = world
  const registry = (git_url: string) => JSON.stringify({version: 1, rigs: {alpha: {git_url}}})
  mkdirSync(join(rig, '../mayor'))
  writeFileSync(join(rig, '../mayor/rigs.json'), registry(origin))
  expect(await finish(world)).toMatchObject({notTaken: []})
  const other = join(box.dir, 'other.git')
  git(box.dir, 'clone', '--quiet', '--bare', origin, other)
  inSandbox(world, 'config', 'remote.origin.pushurl', other)
  expect(await finish(world)).toMatchObject({
    notTaken: [
      `anything to ${origin}, the rig's registered origin: the remote 'origin' leads to ${other.slice(0, 60)}`,
    ],
  })
  writeFileSync(join(rig, '../mayor/rigs.json'), registry('https://me:secret@host/x.git'))
  expect((await finish(world)).notTaken[0]).toMatch(/^anything to https:\/\/host\/x\.git, /)
})

describe('Commits on another branch', () => {
  test.each<[string, (world: World) => void]>([
    [
      'that was checked out',
      (world) => {
        const {branch} = world.record('nux')
        inSandbox(world, 'switch', '--quiet', '-c', 'side')
        world.commit('nux', 'one')
        world.commit('nux', 'two')
        inSandbox(world, 'switch', '--quiet', branch)
      },
    ],
    [
      'that keeps what was reset away',
      (world) => {
        world.commit('nux', 'one')
        world.commit('nux', 'two')
        inSandbox(world, 'branch', 'side')
        inSandbox(world, 'reset', '--quiet', '--hard', 'HEAD~2')
      },
    ],
  ])('%s are named; once a remote has them, or the branch itself, they are not', async (_, arrange) => {
    const world = await working()
    arrange(world)
    expect(await finish(world)).toMatchObject({notTaken: ['2 commits on branch side']})
    inSandbox(world, 'push', '--quiet', 'origin', 'side')
    inSandbox(world, 'fetch', '--quiet', 'origin', 'side:refs/remotes/origin/side')
    expect(await finish(world)).toMatchObject({notTaken: []})
    inSandbox(world, 'update-ref', '-d', 'refs/remotes/origin/side')
    inSandbox(world, 'merge', '--quiet', 'side')
    expect(await finish(world)).toMatchObject({commits: 2, notTaken: []})
  })

  test('of another worker are none of this one', async () => {
    const world = await working()
    await spawnWorker(world.services, world.request('toast'))
    world.commit('toast', 'theirs')
    world.commit('nux', 'ours')
    expect(await finish(world)).toMatchObject({commits: 1, notTaken: []})
  })

  test('whose name could steer a terminal are named without that', async () => {
    const world = await working()
    const {branch} = world.record('nux')
    const name = 'side\u009b31m'
    inSandbox(world, 'switch', '--quiet', '-c', name)
    world.commit('nux', 'one')
    inSandbox(world, 'switch', '--quiet', branch)
    expect(await finish(world)).toMatchObject({notTaken: ['1 commit on branch side?31m']})
  })
})

test('A stash of the branch is named, and not one of another branch', async () => {
  const world = await working()
  world.write('nux', 'main', 'changed\n')
  inSandbox(world, 'stash', 'push', '--quiet', '--message', 'for later')
  await spawnWorker(world.services, world.request('toast'))
  world.write('toast', 'main', 'theirs\n')
  world.git(world.path('toast'), 'stash')
  const {branch} = world.record('nux')
  expect(await finish(world)).toMatchObject({notTaken: [`stashed: On ${branch}: for later`]})
})

describe('Files', () => {
  test('that git ignores are named where the project keeps files, and elsewhere not', async () => {
    const world = await working()
    world.write('nux', '.gitignore', '.claude/\n*.o\nbuild/\n.env\n')
    for (const file of ['.gitignore', '.claude/skills/review.md', 'src/a']) world.commit('nux', file)
    world.write('nux', '.gitignore', '.claude/\n*.o\nbuild/\n.env\n')
    inSandbox(world, 'commit', '--quiet', '--all', '--amend', '--no-edit')
    for (const file of ['.claude/skills/new.md', 'src/a.o', 'build/out', '.env']) world.write('nux', file)
    world.write('nux', '.claude/settings.local.json')
    expect(await finish(world)).toMatchObject({
      notTaken: ['ignored by git: .claude/skills/new.md, src/a.o'],
    })
  })

  test.each(['.logs', '.runtime'])('in %s/ are work once the project keeps files there', async (folder) => {
    const world = await working()
    world.write('nux', `${folder}/new`)
    expect(await finish(world)).toMatchObject({notTaken: []})
    world.commit('nux', `${folder}/kept`)
    await expect(finish(world)).rejects.toMatchObject({
      code: 'NOT_COMMITTED',
      message: expect.stringContaining(`?? ${folder}/new`),
    })
  })

  test.each(['--assume-unchanged', '--skip-worktree'])(
    'whose changes git does not see after %s are named',
    async (how) => {
      const world = await working()
      for (const file of ['other', 'absent']) world.commit('nux', file)
      inSandbox(world, 'update-index', how, 'main')
      inSandbox(world, 'update-index', '--skip-worktree', 'absent')
      rmSync(join(world.path('nux'), 'absent'))
      world.write('nux', 'main', 'changed\n')
      expect(await finish(world)).toMatchObject({notTaken: [expect.stringMatching(/told to .*: main$/)]})
    },
  )

  test('that are not committed are named when the work is given up', async () => {
    const world = await working()
    world.write('nux', 'draft')
    expect(await finish(world, 'DEFERRED')).toMatchObject({notTaken: ['not committed: ?? draft']})
  })
})

/** A submodule `deps/lib` in the sandbox, committed, whose remote has the branches main and other. */
async function withSubmodule() {
  const world = await working()
  const {box, git} = world
  const [remote, seed] = [join(box.dir, 'lib.git'), join(box.dir, 'lib')]
  git(box.dir, 'init', '--quiet', '--bare', '--initial-branch=main', remote)
  git(box.dir, 'clone', '--quiet', remote, seed)
  git(seed, 'checkout', '--quiet', '-B', 'main')
  git(seed, 'commit', '--quiet', '--allow-empty', '--message', 'first')
  git(seed, 'push', '--quiet', 'origin', 'main')
  inSandbox(world, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', remote, 'deps/lib')
  inSandbox(world, 'commit', '--quiet', '--message', 'add lib')
  const lib = join(world.path('nux'), 'deps/lib')
  const commitInLib = () => {
    git(lib, 'commit', '--quiet', '--allow-empty', '--message', 'in lib')
    inSandbox(world, 'commit', '--quiet', '--all', '--message', 'lib moves')
    return git(lib, 'rev-parse', 'HEAD')
  }
  return {world, lib, seed, remote, commitInLib}
}

describe('A submodule', () => {
  test('whose commit its remote has, as a tip or below one: nothing is said', async () => {
    const {world, seed} = await withSubmodule()
    expect(await finish(world)).toMatchObject({notTaken: []})
    world.git(seed, 'commit', '--quiet', '--allow-empty', '--message', 'later')
    world.git(seed, 'push', '--quiet', 'origin', 'main')
    expect(await finish(world)).toMatchObject({notTaken: []})
  })

  test('whose commit is nowhere else: refused, nothing is pushed; given up, it is named; pushed, it is well', async () => {
    const {world, lib, commitInLib} = await withSubmodule()
    const commit = commitInLib()
    // A tracking branch is no proof.
    world.git(lib, 'update-ref', 'refs/remotes/origin/made-up', 'HEAD')
    const words = `submodule deps/lib is at ${commit.slice(0, 12)}, which its remote does not have`
    await expect(finish(world)).rejects.toMatchObject({
      code: 'SUBMODULE_NOT_PUSHED',
      message: `the work of alpha/nux is not complete: ${words}`,
    })
    expect(world.git(world.origin, 'for-each-ref', 'refs/heads/polecat')).toBe('')
    expect(await finish(world, 'DEFERRED')).toMatchObject({notTaken: [words]})
    world.git(lib, 'push', '--quiet', 'origin', 'HEAD:refs/heads/topic')
    expect(await finish(world)).toMatchObject({notTaken: []})
  })

  test('whose commit was made up, though git is configured not to see submodules: both are told', async () => {
    const {world} = await withSubmodule()
    inSandbox(world, 'update-index', '--cacheinfo', `160000,${'7'.repeat(40)},deps/lib`)
    inSandbox(world, 'commit', '--quiet', '--message', 'made up')
    for (const key of ['submodule.deps/lib.ignore', 'diff.ignoreSubmodules'])
      inSandbox(world, 'config', key, 'all')
    await expect(finish(world)).rejects.toMatchObject({
      code: 'NOT_COMMITTED',
      message: expect.stringMatching(/ M deps\/lib$/),
    })
    expect(await finish(world, 'DEFERRED')).toMatchObject({
      notTaken: [
        'not committed:  M deps/lib',
        'submodule deps/lib is at 777777777777, which its remote does not have',
      ],
    })
  })

  test.each<[string, (paths: {lib: string; remote: string; box: string}) => void, RegExp]>([
    ['is not checked out', ({lib}) => rmSync(join(lib, '.git')), /the submodule is not checked out$/],
    ['has no answer', ({remote}) => rmSync(remote, {recursive: true}), /git ls-remote failed: /],
    [
      'is behind a link',
      ({lib, box}) => {
        renameSync(dirname(lib), join(box, 'elsewhere'))
        symlinkSync(join(box, 'elsewhere'), dirname(lib))
      },
      /the submodule is not checked out$/,
    ],
  ])('that %s: whether its commit is anywhere is unknown, and is said so', async (_, arrange, reason) => {
    const {world, lib, remote, commitInLib} = await withSubmodule()
    commitInLib()
    arrange({lib, remote, box: world.box.dir})
    const {notTaken} = await finish(world, 'DEFERRED')
    expect(notTaken).toContainEqual(expect.stringMatching(reason))
    expect(notTaken).toContainEqual(
      expect.stringMatching(/^submodule deps\/lib is at \w{12}, and .* unknown: /),
    )
  })

  test('of which the worker has changed nothing is not asked for', async () => {
    const {world} = await withSubmodule()
    await finish(world)
    const {git, repository, record} = world
    git(repository, 'update-ref', 'refs/remotes/origin/main', record('nux').branch)
    let asked = 0
    world.intercept((args, ask) => {
      if (args[0] === 'ls-remote') asked++
      return ask()
    })
    world.commit('nux', 'other')
    expect(await finish(world)).toMatchObject({commits: 1, notTaken: []})
    expect(asked).toBe(0)
  })
})

test('A path of a worker that is odd in every way is listed without harm', async () => {
  const world = await working()
  const odd = 'src/a\u001b]0;x\u0007\nb'
  world.commit('nux', 'src/a')
  mkdirSync(join(world.path('nux'), 'src'), {recursive: true})
  world.write('nux', '.gitignore', 'src/a?*\n')
  inSandbox(world, 'add', '.gitignore')
  inSandbox(world, 'commit', '--quiet', '--message', 'ignore')
  writeFileSync(join(world.path('nux'), odd), 'x')
  expect(await finish(world)).toMatchObject({notTaken: ['ignored by git: src/a?]0;x??b']})
})
