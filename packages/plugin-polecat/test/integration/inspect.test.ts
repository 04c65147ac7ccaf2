import {mkdirSync, rmSync, symlinkSync, unlinkSync} from 'node:fs'
import {join} from 'node:path'
import {plainStyle, type Session} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {findSandbox, isRealDirectory} from '../../../workers/src/sandbox.js'
import {repositoryOf} from '../../src/git.js'
import {inspectWorker, listWorkers} from '../../src/inspect.js'
import {spawnWorker} from '../../src/spawn.js'
import {polecatView} from '../../src/view.js'
import {makeWorld, type World} from '../support/world.js'

const session = (name: string, labels: Record<string, string>, liveness = 'alive') =>
  ({name, liveness, labels, attached: 0}) as unknown as Session

const look = ({services, ref}: World, name = 'nux') => inspectWorker(services.host, ref(name), services.warn)

describe('inspectWorker', () => {
  test('There is nothing of it: it is not found. Only a session, a record or a directory: it is there', async () => {
    const world = makeWorld()
    await expect(look(world)).rejects.toMatchObject({code: 'POLECAT_NOT_FOUND'})
    world.sessions.set('gt-alpha-nux', session('gt-alpha-nux', {}, 'dead'))
    expect(await look(world)).toMatchObject({liveness: 'dead', sandbox: undefined, record: undefined})
    world.sessions.clear()
    mkdirSync(join(world.rig, 'polecats/nux'), {recursive: true})
    expect(await look(world)).toMatchObject({liveness: 'absent'})
    rmSync(join(world.rig, 'polecats'), {recursive: true})
    await spawnWorker(world.services, world.request('nux'))
    world.git(world.repository, 'worktree', 'remove', world.path('nux'))
    rmSync(join(world.rig, 'polecats'), {recursive: true})
    world.sessions.clear()
    expect(await look(world)).toMatchObject({liveness: 'absent', record: {name: 'nux'}})
  })

  test.each([
    ['alive', true, 'running'],
    ['dead', false, 'its agent has ended'],
    ['outlived', false, 'its agent outlived its session'],
  ])(
    '%s: running is %s, in words: %s, and so it is of one that is done',
    async (liveness, running, words) => {
      const world = makeWorld()
      await spawnWorker(world.services, world.request('nux'))
      world.sessions.set('gt-alpha-nux', session('gt-alpha-nux', {}, liveness))
      const seen = await look(world)
      const shown = polecatView.status(seen, plainStyle)
      expect(shown.json).toMatchObject({running, liveness})
      expect(shown.text).toContain(`alpha/nux: ${words}\n`)
      const record = seen.record && {...seen.record, exit: 'COMPLETED' as const}
      expect(polecatView.status({...seen, record}, plainStyle).text).toContain(`done (COMPLETED), ${words}\n`)
    },
  )
})

describe('listWorkers', () => {
  const list = ({services, ref}: World) => listWorkers(services.host, ref(''), services.warn)
  const add = ({git, repository, path}: World, name: string) =>
    git(repository, 'worktree', 'add', '--quiet', '-b', `polecat/${name}-1`, path(name), 'main')

  test("Each with its own session, by label; another role's is none; one without labels is asked for", async () => {
    const world = makeWorld()
    await spawnWorker(world.services, world.request('nux'))
    await spawnWorker(world.services, world.request('toast'))
    world.sessions.clear()
    for (const name of ['slit', 'dag']) add(world, name)
    world.sessions.set('gt-alpha-nux', session('gt-alpha-nux', {role: 'polecat', name: 'nux'}, 'dead'))
    world.sessions.set('gt-alpha-x', session('gt-alpha-x', {role: 'crew', name: 'toast'}))
    world.sessions.set('gt-alpha-slit', session('gt-alpha-slit', {}))
    const found = (await list(world)).map(({ref, liveness}) => `${ref.name} ${liveness}`)
    expect(found.sort()).toEqual(['dag absent', 'nux dead', 'slit alive', 'toast absent'])
  })

  test('A name that no session can have is absent without a question', async () => {
    const world = makeWorld()
    mkdirSync(join(world.rig, 'polecats/a.b'), {recursive: true})
    world.services.host.sessions.status = async () => expect.unreachable()
    expect(await list(world)).toMatchObject([{liveness: 'absent'}])
  })

  test('Of one that cannot be told nobody says that it is absent', async () => {
    const world = makeWorld()
    add(world, 'slit')
    world.sessions.set('gt-alpha-slit', session('gt-alpha-slit', {}, 'unknown'))
    await expect(list(world)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  })
})

describe('where things are', () => {
  test("The bare repository comes before the mayor's clone; a link is neither; without both it says so", async () => {
    const {rig, ref, services, box} = makeWorld()
    const find = () => repositoryOf(ref('nux').rig, services.git)
    mkdirSync(join(rig, 'mayor/rig'), {recursive: true})
    expect((await find()).path).toBe(join(rig, '.repo.git'))
    rmSync(join(rig, '.repo.git'), {recursive: true})
    symlinkSync(box.dir, join(rig, '.repo.git'))
    expect((await find()).path).toBe(join(rig, 'mayor/rig'))
    rmSync(join(rig, 'mayor'), {recursive: true})
    await expect(find()).rejects.toMatchObject({code: 'NO_REPOSITORY'})
  })

  test('A sandbox is a directory of its own, of today or of long ago, and no link', async () => {
    const {rig, ref, box, path} = makeWorld()
    const [home, elsewhere] = [join(rig, 'polecats/nux'), join(box.dir, 'elsewhere')]
    const find = () => findSandbox(ref('nux'))
    mkdirSync(join(elsewhere, 'alpha'), {recursive: true})
    mkdirSync(home, {recursive: true})
    expect(await find()).toBeUndefined()
    symlinkSync(elsewhere, path('nux'))
    expect(await find()).toBeUndefined()
    mkdirSync(join(home, '.git'))
    expect(await find()).toBe(home)
    unlinkSync(path('nux'))
    mkdirSync(path('nux'))
    // A repository may have a folder that is called like the rig.
    expect(await find()).toBe(home)
    mkdirSync(join(path('nux'), '.git'))
    expect(await find()).toBe(path('nux'))
    rmSync(join(home, '.git'), {recursive: true})
    rmSync(join(path('nux'), '.git'), {recursive: true})
    expect(await find()).toBe(path('nux'))
    rmSync(home, {recursive: true})
    symlinkSync(elsewhere, home)
    expect(await find()).toBeUndefined()
  })

  test('What cannot be looked at is not taken for what is not there', async () => {
    const {box} = makeWorld()
    expect(await isRealDirectory(join(box.dir, 'nothing'))).toBe(false)
    await expect(isRealDirectory(join(box.dir, 'x'.repeat(300)))).rejects.toMatchObject({code: 'UNREADABLE'})
  })
})
