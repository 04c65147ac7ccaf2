import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  watch,
} from 'node:fs'
import {join} from 'node:path'
import {GtError, type Session} from '@gtown/sdk'
import {makeStamp} from '@gtown/sdk/files'
import {unattendedGit} from '@gtown/sdk/git'
import {purge, putAway} from '@gtown/workers/put-away'
import {describe, expect, it, onTestFinished} from 'vitest'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {addRig} from '../../src/rigs/add-rig.js'
import {listRegisteredRigs} from '../../src/rigs/list-rigs.js'
import {removeRig} from '../../src/rigs/remove-rig.js'
import {failureOf, git, makeRepository, makeTown, placeAt, readJson, write} from '../support/town.js'

/** A town with a rig alpha, cloned from a bare repository that it can push to. */
async function townWithRig() {
  const box = sandbox()
  const root = makeTown(join(box.dir, 'town'))
  const work = makeRepository(box, join(box.dir, 'work'))
  const origin = join(box.dir, 'origin.git')
  git(box, box.dir, 'clone', '--quiet', '--bare', work, origin)
  await addRig({name: 'alpha', source: origin, place: placeAt(box, root), git: {mayAsk: false}})
  const rig = join(root, 'alpha')
  const repository = join(rig, '.repo.git')
  return {
    box,
    root,
    origin,
    rig,
    repository,
    inRepository: (...args: string[]) => git(box, repository, ...args),
  }
}

interface Options {
  deleteFiles?: boolean
  signal?: AbortSignal
  env?: Record<string, string>
  sessionsOf?: () => Promise<Session[]>
}

const remove = (
  box: Sandbox,
  root: string,
  name: string,
  {deleteFiles = false, sessionsOf = async () => [], signal, env}: Options = {},
) =>
  removeRig({
    name,
    deleteFiles,
    place: placeAt(box, root, env),
    sessionsOf,
    git: {mayAsk: false, ...(signal && {signal})},
  })

const registered = (root: string) => Object.keys(readJson(join(root, 'mayor/rigs.json')).rigs)

const session = (name: string, role?: string) => ({name, labels: role ? {role} : {}}) as unknown as Session

describe('removeRig', () => {
  it('Registered: is removed from the registry, its files stay', async () => {
    const {box, root, rig} = await townWithRig()
    expect(await remove(box, root, 'alpha')).toEqual({name: 'alpha', path: rig, files: 'kept'})
    expect(registered(root)).toEqual([])
    expect(readdirSync(rig)).toContain('.repo.git')
  })

  it('Unknown: is not found', async () => {
    const {box, root} = await townWithRig()
    expect(await failureOf(remove(box, root, 'beta'))).toMatchObject({
      code: 'RIG_NOT_FOUND',
      hint: 'Known rigs: alpha.',
    })
  })

  it('BadNameInRegistry: can be removed, its files cannot be deleted', async () => {
    const {box, root} = await townWithRig()
    write(join(root, 'mayor/rigs.json'), {rigs: {'../work': {}, alpha: {}}})
    expect(await failureOf(remove(box, root, '../work', {deleteFiles: true}))).toMatchObject({
      details: {reasons: ['its name cannot be a directory of the town']},
    })
    await remove(box, root, '../work')
    expect(registered(root)).toEqual(['alpha'])
    expect(existsSync(join(box.dir, 'work/.git'))).toBe(true)
  })

  it('DirectoryMissing: only the registry is changed', async () => {
    const {box, root, rig} = await townWithRig()
    rmSync(rig, {recursive: true})
    expect(await remove(box, root, 'alpha', {deleteFiles: true})).toMatchObject({files: 'absent'})
    expect(registered(root)).toEqual([])
  })

  it('Sessions: are named with the command that stops them, and nothing is removed', async () => {
    const {box, root, rig} = await townWithRig()
    const sessionsOf = async () => [session('gt-alpha-witness'), session('gt-alpha-nux', 'polecat')]
    for (const deleteFiles of [false, true]) {
      expect(await failureOf(remove(box, root, 'alpha', {deleteFiles, sessionsOf}))).toMatchObject({
        code: 'RIG_IN_USE',
        message: "rig 'alpha' has sessions: gt-alpha-witness, gt-alpha-nux",
        hint: 'Stop them first: gt witness stop alpha; gt polecat stop alpha',
      })
    }
    expect(registered(root)).toEqual(['alpha'])
    expect(existsSync(rig)).toBe(true)
  })

  it('SessionsUnknown: nothing is removed', async () => {
    const {box, root} = await townWithRig()
    const sessionsOf = async () => {
      throw new GtError('tmux gave no answer', {code: 'BACKEND_UNAVAILABLE', liveness: 'unknown'})
    }
    expect(await failureOf(remove(box, root, 'alpha', {sessionsOf}))).toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      liveness: 'unknown',
      message: "cannot tell whether rig 'alpha' has sessions: tmux gave no answer",
    })
    expect(registered(root)).toEqual(['alpha'])
  })
})

describe('removeRig --delete-files', () => {
  it('NothingToLose: everything is deleted', async () => {
    const {box, root, rig, inRepository} = await townWithRig()
    write(join(rig, 'witness/.claude/settings.json'), '{}')
    write(join(rig, '.runtime/x'), '')
    mkdirSync(join(rig, 'crew'))
    inRepository('branch', 'merged', 'main')
    expect(await remove(box, root, 'alpha', {deleteFiles: true})).toMatchObject({files: 'deleted'})
    expect(registered(root)).toEqual([])
    expect(readdirSync(root)).toEqual(['mayor'])
  })

  it('OriginWentOn: work that it took over is no loss', async () => {
    const {box, root, origin, inRepository} = await townWithRig()
    const tree = inRepository('rev-parse', 'main^{tree}')
    const commit = inRepository('commit-tree', tree, '-p', 'main', '-m', 'work')
    inRepository('branch', 'nux', commit)
    expect(await failureOf(remove(box, root, 'alpha', {deleteFiles: true}))).toMatchObject({
      details: {reasons: ['heads/nux has work that its origin does not have']},
    })
    // Somebody else took it over, and added to it.
    git(box, box.dir, 'clone', '--quiet', origin, 'elsewhere')
    const elsewhere = join(box.dir, 'elsewhere')
    git(box, elsewhere, 'pull', '--quiet', join(root, 'alpha/.repo.git'), 'nux')
    git(box, elsewhere, 'commit', '--quiet', '--allow-empty', '--message', 'more')
    git(box, elsewhere, 'push', '--quiet', 'origin', 'HEAD:main')
    expect(await remove(box, root, 'alpha', {deleteFiles: true})).toMatchObject({files: 'deleted'})
  })

  type World = Awaited<ReturnType<typeof townWithRig>>
  const commit = ({inRepository}: World) =>
    inRepository('commit-tree', inRepository('rev-parse', 'main^{tree}'), '-p', 'main', '-m', 'x')
  const obstacles: [string, (world: World) => unknown, RegExp][] = [
    ['UnknownFile', ({rig}) => write(join(rig, 'notes.md'), ''), /^notes.md was not made by gt$/],
    ['UnknownDirectory', ({rig}) => mkdirSync(join(rig, 'refinery')), /^refinery was not made by gt$/],
    ['OwnSettings', ({rig}) => write(join(rig, 'settings/config.json'), {}), /^settings was not made/],
    ['HiddenFile', ({rig}) => write(join(rig, '.env'), ''), /^.env was not made/],
    ['FileOfWitness', ({rig}) => mkdirSync(join(rig, 'witness/rig')), /^witness\/rig was not made/],
    [
      'Polecat',
      ({rig}) => mkdirSync(join(rig, 'polecats/nux')),
      /^polecat nux is there: put it away with gt polecat nuke alpha\/nux$/,
    ],
    [
      'HiddenPolecat',
      ({rig}) => mkdirSync(join(rig, 'polecats/.nux')),
      /^polecats\/.nux was not made by gt$/,
    ],
    ['Crew', ({rig}) => mkdirSync(join(rig, 'crew/max'), {recursive: true}), /^crew\/ contains max$/],
    [
      'ConfigThatIsAFolder',
      ({rig}) => {
        rmSync(join(rig, 'config.json'))
        mkdirSync(join(rig, 'config.json'))
      },
      /^config.json was not made by gt$/,
    ],
    [
      'LinkedRepository',
      ({box, repository}) => {
        renameSync(repository, join(box.dir, 'elsewhere.git'))
        symlinkSync(join(box.dir, 'elsewhere.git'), repository)
      },
      /^.repo.git was not made by gt$/,
    ],
    [
      'LinkedPolecats',
      ({box, rig}) => {
        rmSync(join(rig, 'polecats'), {recursive: true})
        symlinkSync(join(box.dir, 'home'), join(rig, 'polecats'))
      },
      /^polecats was not made by gt$/,
    ],
    [
      'Worktree',
      ({box, inRepository}) => inRepository('worktree', 'add', '--quiet', join(box.dir, 'tree'), 'main'),
      /tree is a worktree of its repository$/,
    ],
    [
      'LostWorktree',
      ({box, inRepository}) => {
        inRepository('worktree', 'add', '--quiet', join(box.dir, 'tree'), 'main')
        rmSync(join(box.dir, 'tree'), {recursive: true})
      },
      /tree is a worktree of its repository, but is gone: forget it with git -C .*\.repo\.git worktree prune$/,
    ],
    ['Branch', (world) => world.inRepository('branch', 'nux', commit(world)), /^heads\/nux has work/],
    ['Tag', (world) => world.inRepository('tag', 'v1', commit(world)), /^tags\/v1 has work/],
    [
      'AnnotatedTag',
      (world) => world.inRepository('tag', '-a', '-m', 'x', 'v1', commit(world)),
      /^tags\/v1 has work/,
    ],
    [
      'TagOfText',
      ({inRepository}) => inRepository('tag', 'text', inRepository('rev-parse', 'main^{tree}')),
      /^tags\/text has work/,
    ],
    ['Stash', (world) => world.inRepository('update-ref', 'refs/stash', commit(world)), /^stash has work/],
    [
      'RemoteTrackingOnly',
      (world) => {
        const {box, origin, inRepository} = world
        inRepository('branch', 'nux', commit(world))
        inRepository('push', '--quiet', 'origin', 'nux')
        inRepository('fetch', '--quiet')
        git(box, origin, 'branch', '--delete', '--force', 'nux')
      },
      /^heads\/nux has work/,
    ],
    [
      'OriginGone',
      ({origin}) => renameSync(origin, `${origin}.away`),
      /^cannot tell whether its origin has all work: /,
    ],
    [
      'OriginReplaced',
      ({box, origin}) => {
        rmSync(origin, {recursive: true})
        git(box, box.dir, 'init', '--quiet', '--bare', origin)
      },
      /^heads\/main has work/,
    ],
    [
      'OriginIsItself',
      ({repository, inRepository}) => inRepository('remote', 'set-url', 'origin', repository),
      /^its origin is .*, but .* is registered$/,
    ],
    [
      'OriginNotRegistered',
      ({root}) => write(join(root, 'mayor/rigs.json'), {rigs: {alpha: {}}}),
      /^its origin is .*, but none is registered$/,
    ],
    ['NoRepository', ({repository}) => rmSync(repository, {recursive: true}), /^it has no repository/],
    [
      'BrokenRepository',
      ({repository}) => rmSync(join(repository, 'HEAD')),
      /^cannot tell whether its origin has all work: /,
    ],
  ]
  it.each(obstacles)('%s: is a reason to refuse, and nothing is changed', async (_, arrange, reason) => {
    const world = await townWithRig()
    const {box, root, rig} = world
    arrange(world)
    const before = readdirSync(rig).sort()
    const error = await failureOf(remove(box, root, 'alpha', {deleteFiles: true}))
    expect(error).toMatchObject({
      code: 'RIG_NOT_SAFE_TO_DELETE',
      message: "the files of rig 'alpha' are not safe to delete",
      details: {reasons: [expect.stringMatching(reason)]},
    })
    expect(error.hint).toMatch(/^- /)
    expect(registered(root)).toEqual(['alpha'])
    expect(readdirSync(rig).sort()).toEqual(before)
    expect(readdirSync(root).sort()).toEqual(['alpha', 'mayor'])
  })

  it('LinkedRig: is not deleted', async () => {
    const {box, root, rig} = await townWithRig()
    renameSync(rig, join(box.dir, 'elsewhere'))
    symlinkSync(join(box.dir, 'elsewhere'), rig)
    const error = await failureOf(remove(box, root, 'alpha', {deleteFiles: true}))
    expect(error).toMatchObject({details: {reasons: [`${rig} is a link or a file`]}})
  })

  it('ManyReasons: all are named at once, and nothing is moved', async () => {
    const world = await townWithRig()
    const {box, root, rig} = world
    write(join(rig, 'notes.md'), '')
    mkdirSync(join(rig, 'polecats/nux'))
    world.inRepository('branch', 'nux', commit(world))
    const error = await failureOf(remove(box, root, 'alpha', {deleteFiles: true}))
    expect(error).toMatchObject({
      details: {
        reasons: [
          'notes.md was not made by gt',
          'polecat nux is there: put it away with gt polecat nuke alpha/nux',
          'heads/nux has work that its origin does not have',
        ],
      },
    })
  })

  it('OriginAhead: a rig that lags behind has nothing to lose', async () => {
    const {box, root, origin, inRepository} = await townWithRig()
    // Our commit is an ancestor of one that only the origin has.
    const tree = inRepository('rev-parse', 'main^{tree}')
    const ours = inRepository('commit-tree', tree, '-p', 'main', '-m', 'ours')
    inRepository('push', '--quiet', 'origin', `${ours}:refs/heads/ours`)
    inRepository('branch', 'nux', ours)
    const theirs = git(box, origin, 'commit-tree', tree, '-p', ours, '-m', 'theirs')
    git(box, origin, 'update-ref', 'refs/heads/ours', theirs)
    expect(await remove(box, root, 'alpha', {deleteFiles: true})).toMatchObject({files: 'deleted'})
  })

  it.runIf(process.geteuid?.() === 0)('RigOfAnotherUser: is not deleted', async () => {
    const {box, root, rig} = await townWithRig()
    chownSync(rig, 65534, 65534)
    expect(await failureOf(remove(box, root, 'alpha', {deleteFiles: true}))).toMatchObject({
      code: 'UNTRUSTED_WORKSPACE',
    })
    expect(readdirSync(rig)).toContain('.repo.git')
  })

  it('Interrupted during the check, or before the files move: says so, and everything stays', async () => {
    const {box, root, rig} = await townWithRig()
    const real = '/usr/bin:/bin'
    const flag = join(box.dir, 'asking')
    const shim = write(
      join(box.dir, 'bin/git'),
      `#!/bin/sh\nPATH=${real}\n[ "$1" = fetch ] && { : > ${flag}; exec sleep 600; }\nexec git "$@"\n`,
    )
    chmodSync(shim, 0o755)
    const asking = new AbortController()
    const env = {PATH: `${join(box.dir, 'bin')}:${real}`}
    const options = {deleteFiles: true, signal: asking.signal, env}
    const removing = failureOf(remove(box, root, 'alpha', options))
    await until('the origin to be asked', () => existsSync(flag))
    asking.abort(new GtError('interrupted', {code: 'INTERRUPTED'}))
    expect((await removing).message).toBe('interrupted')

    const late = new AbortController()
    let looks = 0
    const sessionsOf = async () => {
      if (++looks === 2) late.abort(new Error('interrupted late'))
      return []
    }
    const error = await failureOf(
      remove(box, root, 'alpha', {deleteFiles: true, signal: late.signal, sessionsOf}),
    )
    expect(error.message).toBe('interrupted late')
    expect([registered(root), existsSync(rig), readdirSync(root).sort()]).toEqual([
      ['alpha'],
      true,
      ['alpha', 'mayor'],
    ])
  })

  it('RegistryBreaksMeanwhile: the rig is back in its place', async () => {
    const {box, root, rig} = await townWithRig()
    let looks = 0
    const sessionsOf = async () => {
      if (++looks === 2) write(join(root, 'mayor/rigs.json'), 'broken')
      return []
    }
    const removing = remove(box, root, 'alpha', {deleteFiles: true, sessionsOf})
    expect(await failureOf(removing)).toMatchObject({code: 'INVALID_FILE'})
    expect(readFileSync(join(root, 'mayor/rigs.json'), 'utf8')).toBe('broken')
    expect([existsSync(join(rig, '.repo.git')), readdirSync(root).sort()]).toEqual([true, ['alpha', 'mayor']])
  })

  it('DuringRemoval: the rig is not in the scratch directory before the registry is updated', async () => {
    const {box, root} = await townWithRig()
    const seen: (string | null)[] = []
    const watcher = watch(root, (_, name) => seen.push(name))
    onTestFinished(() => watcher.close())
    await remove(box, root, 'alpha', {deleteFiles: true})
    await until('its place in between', () => seen.includes('.alpha.removing'))
  })

  it('SomethingInTheWay: the rig stays registered, and in its place', async () => {
    const {box, root, rig} = await townWithRig()
    write(join(root, '.alpha.removing/mine'), 'x')
    expect(await failureOf(remove(box, root, 'alpha', {deleteFiles: true}))).toMatchObject({
      code: 'UNWRITABLE',
    })
    expect([registered(root), existsSync(join(rig, '.repo.git'))]).toEqual([['alpha'], true])
    expect(readdirSync(join(root, '.alpha.removing'))).toEqual(['mine'])
  })

  it('WorkBeginsMeanwhile: the rig is back in its place', async () => {
    const {box, root, rig} = await townWithRig()
    let looks = 0
    const sessionsOf = async () => {
      looks += 1
      // The second check comes after the origin was asked.
      if (looks === 2) mkdirSync(join(rig, 'polecats/nux'))
      return []
    }
    const error = await failureOf(remove(box, root, 'alpha', {deleteFiles: true, sessionsOf}))
    expect(error).toMatchObject({
      details: {reasons: ['polecat nux is there: put it away with gt polecat nuke alpha/nux']},
    })
    expect(readdirSync(join(rig, 'polecats'))).toEqual(['nux'])
    expect(registered(root)).toEqual(['alpha'])
    expect(readdirSync(root).sort()).toEqual(['alpha', 'mayor'])
  })

  it('SessionStartsMeanwhile: nothing is removed', async () => {
    const {box, root, rig} = await townWithRig()
    let looks = 0
    const sessionsOf = async () => (++looks === 2 ? [session('gt-alpha-witness')] : [])
    expect(await failureOf(remove(box, root, 'alpha', {deleteFiles: true, sessionsOf}))).toMatchObject({
      code: 'RIG_IN_USE',
    })
    expect(existsSync(join(rig, '.repo.git'))).toBe(true)
    expect(registered(root)).toEqual(['alpha'])
  })
})

describe('removeRig --delete-files with polecats', () => {
  type World = Awaited<ReturnType<typeof townWithRig>>

  const contextOf = ({box, rig}: World) => ({
    git: unattendedGit(box.env),
    rig: {name: 'alpha', path: rig},
    processesIn: () => [],
  })

  /** Makes a polecat and puts it away. */
  async function putAwayOne(world: World, name: string, is: 'safe' | 'unsafe') {
    const {box, rig, inRepository} = world
    const path = join(rig, 'polecats', name, 'alpha')
    inRepository('worktree', 'add', '--quiet', '-b', `polecat/${name}`, path, 'main')
    git(box, path, 'commit', '--quiet', '--allow-empty', '--message', 'away')
    git(box, path, 'reset', '--quiet', '--hard', 'HEAD~1')
    const verdict = {is, reasons: is === 'safe' ? [] : ['a draft']}
    return await putAway({...contextOf(world), name, verdict, callerDirectory: '/'})
  }

  const reasonsOf = async ({box, root}: World) => {
    const error = await failureOf(remove(box, root, 'alpha', {deleteFiles: true}))
    return error instanceof GtError ? error.details?.reasons : error
  }

  it('PutAway: counts them, says since when, and names the command that deletes them', async () => {
    const world = await townWithRig()
    for (const name of ['nux', 'slit']) await putAwayOne(world, name, 'safe')
    await putAwayOne(world, 'dag', 'unsafe')
    const today = new Date().toISOString().slice(0, 10)
    const before = readdirSync(join(world.rig, 'polecats/.removed'))
    expect(await reasonsOf(world)).toEqual([
      `2 removed polecats (nux since ${today}, slit since ${today}) are kept: delete with gt polecat purge alpha --older-than 0d`,
      `1 removed polecat (dag since ${today}) is kept with work that may exist nowhere else: see gt polecat list alpha --removed, and delete with gt polecat purge alpha --older-than 0d --unclean`,
      expect.stringMatching(/^refs\/gt-archive\/ keeps work of purged polecats/),
    ])
    expect(readdirSync(join(world.rig, 'polecats/.removed'))).toEqual(before)
    expect(registered(world.root)).toEqual(['alpha'])
  })

  it('PurgeNotComplete, SpawnNotFinished, NoManifest, NoName: each has a way out', async () => {
    const world = await townWithRig()
    const {id} = await putAwayOne(world, 'nux', 'safe')
    await purge({...contextOf(world), id, until: 0})
    mkdirSync(join(world.rig, 'polecats/.removed/odd/tree'), {recursive: true})
    mkdirSync(join(world.rig, 'polecats/.spawning-slit.123/alpha'), {recursive: true})
    mkdirSync(join(world.rig, 'polecats/no name'))
    expect(await reasonsOf(world)).toEqual([
      `${id} is not deleted completely: finish it with gt polecat purge alpha/nux --id ${id}`,
      `${join(world.rig, 'polecats/.removed/odd')} holds a sandbox, but no readable manifest: move it away`,
      'a spawn of slit was not finished: remove it with gt polecat nuke alpha/slit',
      'polecats/no name was not made by gt',
      expect.stringMatching(/^refs\/gt-archive\//),
    ])
  })

  it('Purged: what only they had is kept until it is deleted with the command that is named', async () => {
    const world = await townWithRig()
    const {id} = await putAwayOne(world, 'nux', 'safe')
    await purge({...contextOf(world), id})
    const [reason] = (await reasonsOf(world)) as string[]
    expect(reason).toMatch(
      /^refs\/gt-archive\/ keeps work of purged polecats .* \(1 refs\): delete it with git /,
    )
    const command = reason?.split('delete it with ')[1] ?? ''
    expect(spawnSync('sh', ['-ec', command], {env: world.box.env}).status).toBe(0)
    expect(await remove(world.box, world.root, 'alpha', {deleteFiles: true})).toMatchObject({
      files: 'deleted',
    })
  })

  it('PurgedAndPushed: the origin has all that they had, and nothing keeps the rig', async () => {
    const world = await townWithRig()
    const {box, rig, inRepository} = world
    const path = join(rig, 'polecats/nux/alpha')
    inRepository('worktree', 'add', '--quiet', '-b', 'polecat/nux', path, 'main')
    git(box, path, 'commit', '--quiet', '--allow-empty', '--message', 'work')
    git(box, path, 'push', '--quiet', 'origin', 'polecat/nux')
    const verdict = {is: 'safe' as const, reasons: []}
    const {id} = await putAway({...contextOf(world), name: 'nux', verdict, callerDirectory: '/'})
    await purge({...contextOf(world), id})
    expect(await remove(box, world.root, 'alpha', {deleteFiles: true})).toMatchObject({files: 'deleted'})
  })

  it('DeadLock: the lock of a killed command keeps nothing', async () => {
    const world = await townWithRig()
    const [dead, alive] = ['.removed.lock', '.nux.lock'].map((name) => join(world.rig, 'polecats', name))
    write(join(dead ?? '', (await makeStamp()).replace(/^\d+/, '1')), '')
    write(join(alive ?? '', await makeStamp()), '')
    expect(await reasonsOf(world)).toEqual(['polecats/.nux.lock was not made by gt'])
    rmSync(alive ?? '', {recursive: true})
    expect(await remove(world.box, world.root, 'alpha', {deleteFiles: true})).toMatchObject({
      files: 'deleted',
    })
  })

  it('RepositoryGone: that nobody can tell is a reason', async () => {
    const world = await townWithRig()
    await putAwayOne(world, 'nux', 'safe')
    rmSync(world.repository, {recursive: true})
    expect(await reasonsOf(world)).toContainEqual(
      expect.stringMatching(/^cannot tell which removed polecats are kept: rig 'alpha' has no repository/),
    )
  })
})

const canFreeze =
  process.geteuid?.() === 0 &&
  spawnSync('sh', ['-c', 'f=$(mktemp) && chattr +i $f && chattr -i $f && rm $f']).status === 0

it.runIf(canFreeze)('A file that nobody can delete: the rig is gone, and what is left is named', async () => {
  const {box, root, rig} = await townWithRig()
  const frozen = write(join(rig, '.runtime/frozen'), 'x')
  spawnSync('chattr', ['+i', frozen])
  const error = await failureOf(remove(box, root, 'alpha', {deleteFiles: true}))
  const [left = ''] = readdirSync(root).filter((name) => name.startsWith('.rig-scratch.'))
  spawnSync('chattr', ['-R', '-i', join(root, left)])
  expect(error).toMatchObject({
    code: 'UNWRITABLE',
    message: expect.stringMatching(/\.rig-scratch\..* could not be deleted completely: ./),
    hint: 'gt does not need it any more. Delete it yourself.',
  })
  expect(registered(root)).toEqual([])
  expect(existsSync(rig)).toBe(false)
})

const canMount = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0

it.runIf(canMount)('A mount in the rig is not entered: its files stay, and it is named', async () => {
  const {box, root, rig} = await townWithRig()
  const precious = write(join(box.dir, 'precious/keep'), 'x')
  mkdirSync(join(rig, 'witness/.runtime'), {recursive: true})
  const module = join(import.meta.dirname, '../../dist/rigs/remove-rig.js')
  const request = {name: 'alpha', deleteFiles: true, place: placeAt(box, root), git: {mayAsk: false}}
  const script = `
    const {removeRig} = await import('${module}')
    const request = {...${JSON.stringify(request)}, sessionsOf: async () => []}
    await removeRig(request).catch(({code, details}) => console.log(code, details.reasons.join()))`
  const mount = `mount --bind ${join(box.dir, 'precious')} ${join(rig, 'witness/.runtime')}`
  const command = `${mount}\nexec "$0" --input-type=module -e "$1"`
  const {stdout} = spawnSync('unshare', ['--mount', 'sh', '-ec', command, process.execPath, script], {
    env: box.env,
    encoding: 'utf8',
  })
  expect(stdout).toBe(
    `RIG_NOT_SAFE_TO_DELETE something is mounted at ${join(rig, 'witness/.runtime')}: unmount it with umount\n`,
  )
  expect(readFileSync(precious, 'utf8')).toBe('x')
})

describe('listRegisteredRigs', () => {
  it('Town: lists the registered rigs in byte order', async () => {
    const box = sandbox()
    const root = makeTown(join(box.dir, 'town'), 'beta')
    mkdirSync(join(root, 'beta/polecats/nux'), {recursive: true})
    const rigs = {beta: {git_url: 'https://user:secret@x/b'}, Ghost: {git_url: 'g'}, '../x': {}}
    write(join(root, 'mayor/rigs.json'), {rigs})
    expect(await listRegisteredRigs(placeAt(box, join(root, 'beta')))).toEqual({
      town: root,
      rigs: [
        {name: '../x', git_url: null, path: null, exists: false, polecats: []},
        {name: 'Ghost', git_url: 'g', path: join(root, 'Ghost'), exists: false, polecats: []},
        {name: 'beta', git_url: 'https://***@x/b', path: join(root, 'beta'), exists: true, polecats: ['nux']},
      ],
    })
  })
})
