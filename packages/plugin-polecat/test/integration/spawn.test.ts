import {existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {listRemoved} from '@gtown/workers/put-away'
import {describe, expect, test, vi} from 'vitest'
import {recordFile, withRecordLock} from '../../../workers/src/record.js'
import {finishWork} from '../../src/done.js'
import {NAMES} from '../../src/name.js'
import {prepareWorker, type SpawnRequest} from '../../src/prepare.js'
import {removeWorker} from '../../src/remove.js'
import {spawnWorker} from '../../src/spawn.js'
import {makeWorld, type World} from '../support/world.js'

const spawn = (world: World, name: string | undefined, more: Partial<SpawnRequest> = {}) =>
  spawnWorker(world.services, world.request(name, more))

const sessionOf = (name: string) => `gt-alpha-${name}`

describe('a new worker', () => {
  test('It is recorded before its sandbox is made, and has a branch at the base', async () => {
    const world = makeWorld()
    let recorded: unknown
    world.intercept((args, ask) => {
      if (args[0] === 'worktree' && args[1] === 'add') recorded = world.record('nux')
      return ask()
    })
    const {outcome, record, sandbox} = await spawn(world, 'nux', {task: 'one', base: 'develop'})
    expect(recorded).toEqual(record)
    expect({outcome, sandbox}).toEqual({outcome: 'spawned', sandbox: world.path('nux')})
    expect(record).toMatchObject({name: 'nux', task: 'one', base: 'develop'})
    const {git, origin, path} = world
    expect(git(path('nux'), 'rev-parse', 'HEAD')).toBe(git(origin, 'rev-parse', 'develop'))
    expect(git(path('nux'), 'symbolic-ref', '--short', 'HEAD')).toBe(record.branch)
  })

  test.each([
    ['its sandbox', 'polecats/nux/alpha'],
    ['its folder', 'polecats/nux'],
  ])(
    'After %s was deleted by hand: it gets a worktree of its own, and the old one is kept',
    async (_, path) => {
      const world = makeWorld()
      const first = await spawn(world, 'nux')
      world.write('nux', 'draft', 'only here\n')
      world.git(world.path('nux'), 'add', 'draft')
      rmSync(join(world.rig, path), {recursive: true})
      rmSync(recordFile(world.ref('nux')))
      world.sessions.clear()
      const second = await spawn(world, 'nux')
      expect(second.record.branch).not.toBe(first.record.branch)
      expect(world.git(world.path('nux'), 'symbolic-ref', '--short', 'HEAD')).toBe(second.record.branch)
      expect(world.git(world.path('nux'), 'status', '--porcelain')).toBe('')
      world.git(world.repository, 'worktree', 'repair', world.path('nux'))
      expect(world.git(world.path('nux'), 'symbolic-ref', '--short', 'HEAD')).toBe(second.record.branch)
      expect(world.warnings).toEqual([
        expect.stringMatching(
          /^what was in the place of alpha\/nux is kept: gt polecat restore alpha\/nux --id nux-/,
        ),
      ])
      await removeWorker(world.services, world.ref('nux'))
    },
  )

  test('The first name that is free, by directory and by record', async () => {
    const world = makeWorld()
    await spawn(world, 'furiosa')
    mkdirSync(join(world.rig, 'polecats/nux'))
    writeFileSync(recordFile(world.ref('slit')), '{}')
    expect((await spawn(world, undefined)).ref.name).toBe('rictus')
  })

  test('A name that was taken since is looked at again under the lock', async () => {
    const world = makeWorld()
    const spawned = await Promise.all([1, 2, 3].map(() => spawn(world, undefined)))
    expect(spawned.map(({outcome}) => outcome)).toEqual(['spawned', 'spawned', 'spawned'])
    expect(new Set(spawned.map(({ref}) => ref.name)).size).toBe(3)
  })

  test('No name is left: it says so', async () => {
    const world = makeWorld()
    for (const name of NAMES) mkdirSync(join(world.rig, 'polecats', name), {recursive: true})
    await expect(spawn(world, undefined)).rejects.toMatchObject({code: 'NO_NAME'})
  })

  test('A spawn that was interrupted makes nothing', async () => {
    const world = makeWorld()
    const start = {timeoutMs: 1000, signal: AbortSignal.abort(new Error('interrupted'))}
    const asked: string[] = []
    world.intercept((args, ask) => {
      asked.push(args[0] ?? '')
      return ask()
    })
    await expect(spawn(world, 'nux', {start})).rejects.toThrow('interrupted')
    expect([asked.includes('worktree'), world.calls]).toEqual([false, []])
    expect(world.traces()).toEqual([])
  })

  test('The spare branch of a spawn that was killed goes; one with work stays', async () => {
    const world = makeWorld()
    const {git, repository, path} = world
    for (const work of [false, true]) {
      const {record} = await spawn(world, 'nux')
      if (work) world.commit('nux', 'work')
      git(repository, 'worktree', 'remove', '--force', path('nux'))
      world.sessions.clear()
      await spawn(world, 'nux')
      expect(git(repository, 'branch', '--list', record.branch) !== '').toBe(work)
    }
  })

  test.each([
    ['polecats', ''],
    ['polecats/nux', 'polecats'],
  ])('A link in the place of %s is not followed, and nothing is left', async (path, parent) => {
    const world = makeWorld()
    const elsewhere = join(world.box.dir, 'elsewhere')
    mkdirSync(elsewhere)
    if (parent) mkdirSync(join(world.rig, parent))
    symlinkSync(elsewhere, join(world.rig, path))
    await expect(spawn(world, 'nux')).rejects.toMatchObject({code: expect.stringMatching(/^UNWRITABLE$/)})
    expect(readdirSync(elsewhere)).toEqual([])
    const {git, repository} = world
    expect(git(repository, 'for-each-ref', 'refs/heads/polecat')).toBe('')
    expect(existsSync(recordFile(world.ref('nux')))).toBe(false)
  })
})

describe('a spawn that fails', () => {
  const fails = {code: 128, stdout: '', stderr: 'fatal: unable to write file: No space left on device\n'}

  test.each(['before', 'after'])('%s git has made the worktree: nothing of it is left', async (moment) => {
    const world = makeWorld()
    world.intercept(async (args, ask) => {
      if (args[0] !== 'worktree' || args[1] !== 'add') return await ask()
      if (moment === 'after') await ask()
      return fails
    })
    await expect(spawn(world, 'nux')).rejects.toThrow('git worktree failed: fatal: unable to write file')
    expect(world.traces()).toEqual([])
  })

  test('when the worktree is to be moved into its place: nothing of it is left', async () => {
    const world = makeWorld()
    world.intercept(async (args, ask) => {
      const answer = await ask()
      if (args[1] === 'add') rmSync(args.at(-2) ?? '', {recursive: true})
      return answer
    })
    await expect(spawn(world, 'nux')).rejects.toMatchObject({code: 'UNWRITABLE'})
    expect(world.traces()).toEqual([])
  })

  test('A sandbox that came into its place meanwhile is whole, and its record stays', async () => {
    const world = makeWorld()
    const {git, repository, path} = world
    world.intercept(async (args, ask) => {
      if (args[0] !== 'worktree' || args[1] !== 'add') return await ask()
      git(repository, 'worktree', 'add', '--quiet', '-b', 'polecat/other', path('nux'), 'main')
      return fails
    })
    await expect(spawn(world, 'nux')).rejects.toMatchObject({code: 'GIT_FAILED'})
    expect(existsSync(join(path('nux'), 'main'))).toBe(true)
    expect(world.record('nux')).toMatchObject({name: 'nux'})
  })

  const noStart = new GtError('the agent did not start', {code: 'AGENT_FAILED', hint: 'Look at it.'})

  test('No session: a new worker is taken back', async () => {
    const world = makeWorld()
    world.failStart = noStart
    await expect(spawn(world, 'nux')).rejects.toBe(noStart)
    expect(world.traces()).toEqual([])
  })

  test('No session, and a sandbox with work in it: that is kept, and both are told', async () => {
    const world = makeWorld()
    world.services.host.sessions.start = async () => {
      world.write('nux', 'draft')
      throw noStart
    }
    await expect(spawn(world, 'nux')).rejects.toMatchObject({
      message: 'the agent did not start',
      hint: expect.stringMatching(
        /^Look at it\.\nWhat is in its sandbox is kept: gt polecat restore alpha\/nux$/,
      ),
    })
    const [sandbox] = (await listRemoved({git: world.services.git, rig: world.ref('nux').rig})).sandboxes
    expect(existsSync(join(sandbox?.path ?? '', 'draft'))).toBe(true)
  })

  test('No session of a worker that was there: all of it stays', async () => {
    const world = makeWorld()
    await spawn(world, 'nux')
    world.sessions.clear()
    const before = world.traces()
    world.failStart = noStart
    await expect(spawn(world, 'nux')).rejects.toBe(noStart)
    expect(world.traces()).toEqual(before)
  })
})

describe('a worker that is there', () => {
  test('It runs: nothing happens. Its session ended: started again, with its incarnation and agent', async () => {
    const world = makeWorld()
    const env = {GT_POLECAT_INCARNATION: 'forged', A: 'b'}
    const start = {timeoutMs: 1000, env, agent: 'codex'}
    const {record} = await spawn(world, 'nux', {start})
    expect(record.agent).toBe('codex')
    expect(world.started.options).toMatchObject({
      env: {A: 'b', GT_POLECAT_INCARNATION: record.incarnation},
    })
    expect(await spawn(world, 'nux')).toMatchObject({outcome: 'already_running', record})
    world.sessions.clear()
    expect(await spawn(world, 'nux')).toMatchObject({outcome: 'resumed', record})
    expect(world.started.options).toMatchObject({
      agent: 'codex',
      env: {GT_POLECAT_INCARNATION: record.incarnation},
    })
    await spawn(world, 'nux', {start: {timeoutMs: 1000, agent: 'claude'}})
    expect(world.started.options).toMatchObject({agent: 'claude'})
  })

  test.each<[Partial<SpawnRequest>, Partial<SpawnRequest>, string]>([
    [{task: 'one'}, {task: 'two'}, 'it has another task'],
    [{}, {task: 'two'}, 'it has another task'],
    [{}, {base: 'develop'}, 'it began from another branch'],
  ])('Made with %j, and asked for with %j: %s', async (made, asked, why) => {
    const world = makeWorld()
    await spawn(world, 'nux', made)
    await expect(spawn(world, 'nux', asked)).rejects.toMatchObject({
      code: 'POLECAT_EXISTS',
      message: `polecat alpha/nux exists already: ${why}`,
    })
  })

  test.each(['COMPLETED', 'ESCALATED', 'DEFERRED', 'PHASE_COMPLETE'] as const)(
    'It is done (%s): it is not started again',
    async (exit) => {
      const world = makeWorld()
      await spawn(world, 'nux')
      await finishWork(world.services, world.ref('nux'), {exit})
      world.calls.length = 0
      await expect(spawn(world, 'nux')).rejects.toThrow(`it is done (${exit})`)
      expect(world.calls).toEqual([])
    },
  )

  test('Made by another program: recorded and started; neither a task nor a base is claimed of it', async () => {
    const world = makeWorld()
    const {git, repository, path} = world
    git(repository, 'worktree', 'add', '--quiet', '-b', 'polecat/nux/gt-1', path('nux'), 'main')
    for (const asked of [{task: 'one'}, {base: 'main'}]) {
      await expect(spawn(world, 'nux', asked)).rejects.toThrow('its task is not known')
    }
    const {outcome, record} = await spawn(world, 'nux')
    expect({outcome, record}).toMatchObject({
      outcome: 'resumed',
      record: {branch: 'polecat/nux/gt-1', base: 'main', task: null},
    })
    git(repository, 'worktree', 'add', '--quiet', '--detach', path('toast'), 'main')
    expect((await spawn(world, 'toast')).record.branch).toBe('HEAD')
  })

  test.each([false, true])(
    'A sandbox that is none, in a repository of others: %s: nothing is done in it, and it stays',
    async (isInOther) => {
      const world = makeWorld()
      const {git, repository, path, box, services, ref} = world
      await spawn(world, 'nux')
      world.sessions.clear()
      world.calls.length = 0
      if (isInOther) git(box.dir, 'init', '--quiet')
      rmSync(join(path('nux'), '.git'))
      rmSync(join(repository, 'worktrees'), {recursive: true})
      const broken = {code: 'SANDBOX_BROKEN'}
      await expect(spawn(world, 'nux')).rejects.toMatchObject(broken)
      await expect(finishWork(services, ref('nux'), {exit: 'DEFERRED'})).rejects.toMatchObject(broken)
      expect(world.calls).toEqual([])
      expect(existsSync(join(path('nux'), 'main'))).toBe(true)
    },
  )

  test('Its sandbox is gone, and its session runs: no new one is made for it', async () => {
    const world = makeWorld()
    await spawn(world, 'nux')
    world.git(world.repository, 'worktree', 'remove', world.path('nux'))
    await expect(spawn(world, 'nux')).rejects.toThrow(`session '${sessionOf('nux')}' runs, but`)
    expect(existsSync(world.path('nux'))).toBe(false)
  })
})

test('While another command is at a worker, it is neither made, told done, nor removed', async () => {
  const world = makeWorld()
  const {services, ref} = world
  await spawn(world, 'nux')
  const commands = [
    () => prepareWorker(services, world.request('nux')),
    () => finishWork(services, ref('nux'), {exit: 'DEFERRED'}),
    () => removeWorker(services, ref('nux')),
  ]
  await withRecordLock(ref('nux'), async () => {
    for (const command of commands) {
      // The deadline of the wait is computed first; for every later look at the clock it has passed.
      const now = vi.spyOn(Date, 'now').mockReturnValueOnce(0)
      await expect(command()).rejects.toMatchObject({code: 'LOCKED'})
      now.mockRestore()
    }
  })
  expect(world.record('nux').exit).toBeUndefined()
  expect(existsSync(world.path('nux'))).toBe(true)
})
