import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {readMail, witnessMailbox} from '@gtown/sdk/mail'
import type {ExitWord} from '@gtown/workers'
import {describe, expect, test} from 'vitest'
import {RUNTIME_PATHS} from '../../../workers/src/runtime-paths.js'
import {finishWork, notifyDone} from '../../src/done.js'
import {removeWorker} from '../../src/remove.js'
import {spawnWorker} from '../../src/spawn.js'
import {makeWorld, type World} from '../support/world.js'

async function working(): Promise<World> {
  const world = makeWorld()
  await spawnWorker(world.services, world.request('nux', {task: 'one'}))
  return world
}

const report = ({services, ref}: World, exit: ExitWord = 'COMPLETED') =>
  finishWork(services, ref('nux'), {exit})

const finish = async (world: World, exit?: ExitWord) => (await report(world, exit)).record

const atOrigin = ({git, origin}: World, branch: string) =>
  git(origin, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`)

describe('finishWork', () => {
  test('What is committed is pushed and recorded, and nothing else of the record changes', async () => {
    const world = await working()
    const before = world.record('nux')
    const head = world.commit('nux', 'work')
    const done = await finish(world)
    expect(done).toEqual({...before, exit: 'COMPLETED', head, done_at: expect.stringMatching(/^\d{4}-.*Z$/)})
    expect(world.record('nux')).toEqual(done)
    expect(atOrigin(world, before.branch)).toBe(head)
  })

  test.each<[string, (world: World) => void]>([
    ['a new file', ({write}) => write('nux', 'draft')],
    ['a file whose name has blanks', ({write}) => write('nux', 'a draft')],
    ['a changed file', ({write}) => write('nux', 'main', 'changed')],
    [
      'a new file, though the user has configured not to see any',
      (world) => {
        world.git(world.repository, 'config', 'status.showUntrackedFiles', 'no')
        world.write('nux', 'draft')
      },
    ],
    [
      'a changed file in .claude/',
      (world) => {
        world.commit('nux', '.claude/rules')
        world.write('nux', '.claude/rules', 'changed')
      },
    ],
    [
      'a file of the repository that was moved into .runtime/',
      (world) => {
        mkdirSync(join(world.path('nux'), '.runtime'))
        world.git(world.path('nux'), 'mv', 'main', '.runtime/main')
      },
    ],
    ['a file that is only called like .claude/', ({write}) => write('nux', '.claude-notes')],
    ['a file in .claude/ that may be work', ({write}) => write('nux', '.claude/commands/review.md')],
    ['a file in .beads/ that may be work', ({write}) => write('nux', '.beads/issues.jsonl')],
    [
      'a file that is only called like a runtime file',
      ({write}) => write('nux', '.claude/settings.local.json.mine'),
    ],
    ['a folder .beads/ that is not at the top', ({write}) => write('nux', 'src/.beads/x')],
  ])('%s: neither COMPLETED nor PHASE_COMPLETE, and nothing is pushed or recorded', async (_, arrange) => {
    const world = await working()
    arrange(world)
    const before = world.record('nux')
    for (const exit of ['COMPLETED', 'PHASE_COMPLETE'] as const) {
      await expect(finish(world, exit)).rejects.toMatchObject({code: 'NOT_COMMITTED'})
    }
    expect(world.record('nux')).toEqual(before)
    expect(atOrigin(world, before.branch)).toBe('')
  })

  test.each(['ESCALATED', 'DEFERRED'] as const)('%s: what is not committed stays as it is', async (exit) => {
    const world = await working()
    world.write('nux', 'draft')
    expect(await finish(world, exit)).toMatchObject({exit})
    expect(readdirSync(world.path('nux'))).toContain('draft')
  })

  test('What gt and its tools leave in a sandbox is no work', async () => {
    const world = await working()
    for (const path of RUNTIME_PATHS) world.write('nux', path.endsWith('/') ? `${path}x` : path)
    expect(await finish(world)).toMatchObject({exit: 'COMPLETED'})
  })

  test.each(RUNTIME_PATHS)('%s: gt done overlooks it, and so does the gate afterwards', async (path) => {
    const world = await working()
    world.commit('nux', 'work')
    world.write('nux', path.endsWith('/') ? `${path}x` : path)
    expect(await finish(world)).toMatchObject({exit: 'COMPLETED'})
    expect((await removeWorker(world.services, world.ref('nux'))).kept?.verdict.is).toBe('safe')
  })

  test.each(['.claude/x', '.beads/x', '.runtime-x', 'src/.logs/x'])('%s: neither does', async (path) => {
    const world = await working()
    world.commit('nux', 'work')
    await finish(world)
    world.write('nux', path)
    await expect(finish(world)).rejects.toMatchObject({code: 'NOT_COMMITTED'})
    expect((await removeWorker(world.services, world.ref('nux'))).kept?.verdict).toEqual({
      is: 'unsafe',
      reasons: [expect.stringContaining('not committed')],
      only_here: [path],
    })
  })

  test('Of many files that are not committed five are named, and the others counted', async () => {
    const world = await working()
    for (const name of 'abcdefg') world.write('nux', name)
    await expect(finish(world)).rejects.toThrow(/not committed: \?\? a, .*\?\? e and 2 more$/)
  })

  test('Of a file that was renamed both names are shown, each with what became of it', async () => {
    const world = await working()
    world.git(world.path('nux'), 'mv', 'main', 'renamed')
    await expect(finish(world)).rejects.toThrow(/not committed: D {2}main, A {2}renamed$/)
  })

  test('Told again: nothing is pushed; another word, another commit, another branch: it is recorded', async () => {
    const world = await working()
    const {branch} = world.record('nux')
    let pushes = 0
    world.intercept((args, ask) => {
      if (args[0] === 'push') pushes++
      return ask()
    })
    const first = await finish(world)
    expect(await finish(world)).toEqual(first)
    expect(pushes).toBe(1)
    expect(await finish(world, 'DEFERRED')).toMatchObject({exit: 'DEFERRED'})
    const head = world.commit('nux', 'more')
    expect(await finish(world, 'DEFERRED')).toMatchObject({head})
    expect(atOrigin(world, branch)).toBe(head)
    world.git(world.path('nux'), 'checkout', '--quiet', '-b', 'polecat/other')
    expect(await finish(world, 'DEFERRED')).toMatchObject({branch: 'polecat/other'})
    expect(atOrigin(world, 'polecat/other')).toBe(head)
  })

  test.each<[string, string, (world: World) => void]>([
    [
      'a branch that has other commits at the origin',
      'PUSH_REFUSED',
      ({git, box, record}) =>
        git(join(box.dir, 'seed'), 'push', '--quiet', 'origin', `develop:${record('nux').branch}`),
    ],
    [
      'another branch',
      'WRONG_BRANCH',
      ({git, path}) => git(path('nux'), 'checkout', '--quiet', '-b', 'other'),
    ],
    [
      'a branch that has polecat/ only within',
      'WRONG_BRANCH',
      ({git, path}) => git(path('nux'), 'checkout', '--quiet', '-b', 'my/polecat/x'),
    ],
    ['no branch', 'WRONG_BRANCH', ({git, path}) => git(path('nux'), 'checkout', '--quiet', '--detach')],
    [
      'an earlier life of the name',
      'STALE_WORKER',
      ({place}) => {
        place.env.GT_POLECAT_INCARNATION = 'earlier'
      },
    ],
  ])('%s: refused, the origin stays as it is, and nothing is recorded', async (_, code, arrange) => {
    const world = await working()
    const before = world.record('nux')
    world.commit('nux', 'work')
    arrange(world)
    const heads = () => world.git(world.origin, 'for-each-ref')
    const origin = heads()
    await expect(finish(world)).rejects.toMatchObject({code})
    expect(heads()).toBe(origin)
    expect(world.record('nux')).toEqual(before)
  })

  test('A commit that comes during the push is not said to be pushed', async () => {
    const world = await working()
    const {branch} = world.record('nux')
    const head = world.commit('nux', 'work')
    world.intercept((args, ask) => {
      if (args[0] === 'push') world.commit('nux', 'late')
      return ask()
    })
    expect(await finish(world)).toMatchObject({head})
    expect(atOrigin(world, branch)).toBe(head)
  })

  test('A worker that another program made is recorded, with the incarnation that its session has', async () => {
    const world = makeWorld()
    const {git, repository, path, place} = world
    await expect(finish(world)).rejects.toMatchObject({code: 'POLECAT_NOT_FOUND'})
    git(repository, 'worktree', 'add', '--quiet', '-b', 'polecat/nux/gt-1', path('nux'), 'main')
    place.env.GT_POLECAT_INCARNATION = 'ab12'
    const done = {
      base: 'main',
      branch: 'polecat/nux/gt-1',
      incarnation: 'ab12',
      task: null,
      exit: 'COMPLETED',
    }
    expect(await finish(world)).toMatchObject(done)
  })
})

describe('notifyDone', () => {
  test('The witness is told who ended how, and where the work is', async () => {
    const world = await working()
    const head = world.commit('nux', 'work')
    const record = await finish(world)
    await notifyDone(world.services, world.ref('nux'), record)
    const [letter, ...more] = await readMail(witnessMailbox(world.rig))
    expect(more).toEqual([])
    expect(letter).toMatchObject({message: {from: 'alpha/nux', subject: 'POLECAT_DONE nux'}})
    const {body} = (letter as {message: {body: string}}).message
    expect(body.split('\n')).toEqual([
      'Exit: COMPLETED',
      'Issue:',
      'MR:',
      'Gate:',
      `Branch: ${record.branch}`,
      `Head: ${head}`,
      `Incarnation: ${record.incarnation}`,
    ])
  })

  test('A witness that cannot be told is a warning: the record says the same', async () => {
    const world = await working()
    const record = await finish(world)
    writeFileSync(join(world.rig, '.runtime/mail'), 'no folder')
    await notifyDone(world.services, world.ref('nux'), record)
    expect(world.warnings).toEqual([expect.stringMatching(/^the witness was not notified: cannot write /)])
  })
})
