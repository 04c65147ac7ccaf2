import {existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Session} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {recordFile} from '../../../workers/src/record.js'
import {removeWorker} from '../../src/remove.js'
import {polecatRole} from '../../src/role.js'
import {spawnWorker} from '../../src/spawn.js'
import {makeWorld, type World} from '../support/world.js'

async function withWorker(...names: string[]): Promise<World> {
  const world = makeWorld()
  for (const name of names) await spawnWorker(world.services, world.request(name, {base: 'develop'}))
  world.calls.length = 0
  return world
}

const remove = ({services, ref}: World, name = 'nux') => removeWorker(services, ref(name))

describe('removeWorker', () => {
  test('Its session ends, then its sandbox is put away; the name is free', async () => {
    const world = await withWorker('nux')
    expect(await remove(world)).toMatchObject({
      session: {name: 'gt-alpha-nux', outcome: 'stopped'},
      kept: {from: world.path('nux'), verdict: {is: 'safe', reasons: []}},
      evidence: [expect.stringContaining('is in develop')],
    })
    expect(world.calls).toEqual(['stop gt-alpha-nux', 'stop gt-alpha-nux', 'processes', 'processes'])
    expect(world.traces()).toEqual(['.removed', expect.stringContaining('/.removed/')])
    await expect(remove(world)).rejects.toMatchObject({code: 'POLECAT_NOT_FOUND'})
  })

  test('Started again between the end of its session and the removal: ended again, and nothing of it lives on', async () => {
    const world = await withWorker('nux')
    const {host} = world.services
    const {sessions} = host
    let stops = 0
    const stop: typeof sessions.stop = async (role, ref, options) => {
      const ended = await sessions.stop(role, ref, options)
      if (++stops === 1) await sessions.start(role, ref, {timeoutMs: 1000})
      return ended
    }
    world.services.host = {...host, sessions: {...sessions, stop}}
    await remove(world)
    expect(world.sessions.size).toBe(0)
    expect(existsSync(world.path('nux'))).toBe(false)
  })

  test('Nobody is put into a sandbox that was removed', async () => {
    const world = await withWorker('nux')
    const [role, path] = [polecatRole(world.record('nux')), world.path('nux')]
    const enter = () => role.guardWorkDir?.(world.ref('nux'), path, async () => 'made')
    expect(await enter()).toBe('made')
    await remove(world)
    await expect(enter()).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  })

  test.each([
    ['would be lost', 'unsafe', () => {}],
    ['cannot be judged', 'unknown', (world: World) => renameSync(world.origin, `${world.origin}.away`)],
  ])('What %s is put away all the same, and the reasons are kept', async (_, is, change) => {
    const world = await withWorker('nux')
    if (is === 'unsafe') world.commit('nux', 'work')
    change(world)
    const {kept} = await remove(world)
    expect(kept).toMatchObject({verdict: {is, reasons: [expect.any(String)]}})
    expect(existsSync(join(kept?.path ?? '', 'main'))).toBe(true)
  })

  test('What can be told before is refused before its session ends', async () => {
    const world = await withWorker('nux')
    const before = world.record('nux')
    world.git(world.path('nux'), 'worktree', 'lock', world.path('nux'))
    await expect(remove(world)).rejects.toMatchObject({code: 'WORKTREE_LOCKED'})
    expect(world.calls).toEqual([])
    expect(world.record('nux')).toEqual(before)
  })

  test('Processes of others in it: refused, and that its session has ended is said', async () => {
    const world = await withWorker('nux')
    world.occupants = [{pid: 4711, command: 'vim notes'}]
    await expect(remove(world)).rejects.toMatchObject({
      code: 'SANDBOX_IN_USE',
      message: expect.stringContaining('4711 (vim notes)'),
      hint: expect.stringContaining('Its session has ended. Start it again with: gt polecat spawn alpha nux'),
    })
    expect(existsSync(world.path('nux'))).toBe(true)
    expect(world.record('nux')).toMatchObject({name: 'nux'})
  })

  test.each([
    ['in its directory', (home: string) => home],
    ['in its worktree', (home: string) => join(home, 'alpha')],
    [
      'in its worktree, by a link',
      (home: string, dir: string) => {
        symlinkSync(home, join(dir, 'link'))
        return join(dir, 'link/alpha')
      },
    ],
  ])('Who stands %s does not remove it, and loses no session', async (_, where) => {
    const world = await withWorker('nux')
    world.place.cwd = where(join(world.rig, 'polecats/nux'), world.box.dir)
    await expect(remove(world)).rejects.toMatchObject({code: 'SANDBOX_IN_USE'})
    expect(world.calls).toEqual([])
  })

  test('Who stands in the sandbox of a worker whose name begins alike may remove it', async () => {
    const world = await withWorker('nux', 'nux2')
    world.place.cwd = world.path('nux2')
    expect(await remove(world)).toMatchObject({kept: {from: world.path('nux')}})
    expect(existsSync(world.path('nux2'))).toBe(true)
  })

  test('Of a sandbox that was removed by hand the branch goes, but not one with work of its own', async () => {
    for (const work of [false, true]) {
      const world = await withWorker('nux')
      const {branch} = world.record('nux')
      if (work) world.commit('nux', 'work')
      world.git(world.repository, 'worktree', 'remove', world.path('nux'))
      expect(await remove(world)).toEqual({session: expect.anything(), evidence: []})
      expect(world.traces()).toEqual(work ? [`refs/heads/${branch}`] : [])
    }
  })

  test('Files that are in no worktree stay, and are named', async () => {
    const world = await withWorker('nux')
    world.git(world.repository, 'worktree', 'remove', world.path('nux'))
    writeFileSync(join(world.rig, 'polecats/nux/notes'), 'mine\n')
    await expect(remove(world)).rejects.toThrow('has files that are in no worktree: notes')
    expect(existsSync(recordFile(world.ref('nux')))).toBe(true)
  })

  test("What else is in the worker's directory stays, and is named", async () => {
    const world = await withWorker('nux')
    const notes = join(world.rig, 'polecats/nux/notes')
    writeFileSync(notes, 'mine\n')
    await remove(world)
    expect(existsSync(notes)).toBe(true)
    expect(world.warnings).toEqual([`${join(notes, '..')} stays: it holds notes`])
  })

  test('A link in the place of its directory leads to no sandbox', async () => {
    const world = await withWorker('nux')
    const {rig, box, git, repository} = world
    git(repository, 'worktree', 'move', world.path('nux'), join(box.dir, 'moved'))
    mkdirSync(join(box.dir, 'home2'))
    renameSync(join(box.dir, 'moved'), join(box.dir, 'home2/alpha'))
    git(repository, 'worktree', 'repair', join(box.dir, 'home2/alpha'))
    git(rig, 'init', '--quiet', join(box.dir, 'unused'))
    renameSync(join(rig, 'polecats/nux'), join(box.dir, 'old'))
    symlinkSync(join(box.dir, 'home2'), join(rig, 'polecats/nux'))
    await remove(world).catch(() => {})
    expect(existsSync(join(box.dir, 'home2/alpha/main'))).toBe(true)
    expect(world.calls).not.toContain('processes')
  })

  test('Only its session is left: that ends, and it is no error', async () => {
    const world = makeWorld()
    world.sessions.set('gt-alpha-nux', {
      name: 'gt-alpha-nux',
      liveness: 'alive',
      labels: {},
    } as unknown as Session)
    expect(await remove(world)).toMatchObject({session: {outcome: 'stopped'}})
  })
})
