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
  test('Its session ends first, then the gate is asked, with the base of the work; all of it goes', async () => {
    const world = await withWorker('nux')
    expect(await remove(world)).toMatchObject({
      session: {name: 'gt-alpha-nux', outcome: 'stopped'},
      sandbox: world.path('nux'),
    })
    expect(world.calls).toEqual(['stop gt-alpha-nux', 'stop gt-alpha-nux', 'remove develop'])
    expect(world.traces()).toEqual([])
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
    expect(world.traces()).toEqual([])
  })

  test('Nobody is put into a sandbox that was removed', async () => {
    const world = await withWorker('nux')
    const [role, path] = [polecatRole(world.record('nux')), world.path('nux')]
    const enter = () => role.guardWorkDir?.(world.ref('nux'), path, async () => 'made')
    expect(await enter()).toBe('made')
    await remove(world)
    await expect(enter()).rejects.toMatchObject({code: 'SANDBOX_GONE'})
  })

  test('What would be lost stays, with its record, and so does what cannot be told', async () => {
    const world = await withWorker('nux')
    const before = world.record('nux')
    world.commit('nux', 'work')
    await expect(remove(world)).rejects.toMatchObject({code: 'NOT_SAFE', details: {verdict: 'unsafe'}})
    renameSync(world.origin, `${world.origin}.away`)
    await expect(remove(world)).rejects.toThrow('removing alpha/nux might lose work')
    expect(world.record('nux')).toEqual(before)
    expect(existsSync(join(world.path('nux'), 'work'))).toBe(true)
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
    expect(await remove(world)).toMatchObject({sandbox: world.path('nux')})
    expect(existsSync(world.path('nux2'))).toBe(true)
  })

  test('Of a sandbox that was removed by hand the branch goes, but not one with work of its own', async () => {
    for (const work of [false, true]) {
      const world = await withWorker('nux')
      const {branch} = world.record('nux')
      if (work) world.commit('nux', 'work')
      world.git(world.repository, 'worktree', 'remove', world.path('nux'))
      expect(await remove(world)).toMatchObject({evidence: [], archived: []})
      expect(world.traces()).toEqual(work ? [`refs/heads/${branch}`] : [])
    }
  })

  test('Files that are in no worktree stay, and are named', async () => {
    const world = await withWorker('nux')
    world.git(world.repository, 'worktree', 'remove', world.path('nux'))
    writeFileSync(join(world.rig, 'polecats/nux/notes'), 'mine\n')
    await expect(remove(world)).rejects.toThrow('might lose work: these are in no worktree: notes')
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
    expect(world.calls).not.toContain('remove develop')
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
