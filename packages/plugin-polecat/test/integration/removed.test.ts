import {existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {GtError, plainStyle} from '@gtown/sdk'
import type {RemovedSandbox} from '@gtown/workers/put-away'
import {describe, expect, test} from 'vitest'
import {keptUntil} from '../../src/keep.js'
import {parseAge, purgeOld, purgeWorker} from '../../src/purge.js'
import {removeWorker} from '../../src/remove.js'
import {removedOf, restoreWorker} from '../../src/removed.js'
import {removedView} from '../../src/removed-view.js'
import {spawnWorker} from '../../src/spawn.js'
import {polecatView} from '../../src/view.js'
import {makeWorld, type World} from '../support/world.js'

/** A worker that was removed, with a file that is nowhere else unless it is clean. */
async function gone(world: World, name = 'nux', {clean = false} = {}) {
  await spawnWorker(world.services, world.request(name, {task: 'mend it'}))
  if (!clean) world.write(name, 'draft')
  const removed = await removeWorker(world.services, world.ref(name))
  return {removed, id: removed.kept?.id ?? ''}
}

const bringBack = (world: World, name: string, {id, as = name}: {id?: string; as?: string} = {}) =>
  restoreWorker(world.services, world.ref(name), {id, as: world.ref(as)})

const purge = (world: World, name: string, {id, unclean = false}: {id?: string; unclean?: boolean} = {}) =>
  purgeWorker(world.services, world.ref(name), {id, unclean})

/** Changes what is known of one that was put away. */
function amend(world: World, id: string, changes: Record<string, unknown>): void {
  const file = join(world.rig, 'polecats/.removed', id, 'manifest.json')
  writeFileSync(file, JSON.stringify({...JSON.parse(readFileSync(file, 'utf8')), ...changes}))
}

/** Dates back when it was put away. */
function age(world: World, id: string, days: number): void {
  amend(world, id, {removed_at: new Date(Date.now() - days * 24 * 3_600_000).toISOString()})
}

test.each(['spawn', 'nuke'])(
  'A removal that was killed after the move is finished by the next %s',
  async (next) => {
    const world = makeWorld()
    const {id} = await gone(world)
    amend(world, id, {state: 'moving'})
    if (next === 'spawn') await spawnWorker(world.services, world.request('nux'))
    else expect(await removeWorker(world.services, world.ref('nux'))).toMatchObject({kept: {id}})
    expect((await removedOf(world.services, world.ref(''))).sandboxes).toMatchObject([{id, state: 'removed'}])
  },
)

describe('restoreWorker', () => {
  test('It comes back with its task, and is started again by the next spawn', async () => {
    const world = makeWorld()
    const {id} = await gone(world)
    expect(await bringBack(world, 'nux')).toMatchObject({id, name: 'nux', path: world.path('nux')})
    expect(readFileSync(join(world.path('nux'), 'draft'), 'utf8')).toBe('draft\n')
    const again = await spawnWorker(world.services, world.request('nux'))
    expect(again).toMatchObject({outcome: 'resumed', record: {task: 'mend it'}})
  })

  test('Removed twice: the last one, or the one of that id; the other one under another name', async () => {
    const world = makeWorld()
    const [first, second] = [await gone(world), await gone(world)]
    expect(await bringBack(world, 'nux')).toMatchObject({id: second.id})
    await expect(bringBack(world, 'nux')).rejects.toMatchObject({code: 'POLECAT_EXISTS'})
    expect(await bringBack(world, 'nux', {id: first.id, as: 'slit'})).toMatchObject({
      path: world.path('slit'),
    })
    expect(world.record('slit')).toMatchObject({name: 'slit', task: 'mend it'})
  })

  test("Another worker's id, or none: refused", async () => {
    const world = makeWorld()
    const {id} = await gone(world)
    await expect(bringBack(world, 'slit', {id})).rejects.toMatchObject({code: 'NOT_REMOVED'})
    await expect(bringBack(world, 'slit')).rejects.toMatchObject({code: 'NOT_REMOVED'})
  })
})

describe('purge', () => {
  test('Work that is only there: refused with the reasons, and deleted when it is told to be', async () => {
    const world = makeWorld()
    const {id} = await gone(world)
    await expect(purge(world, 'nux')).rejects.toMatchObject({
      code: 'NOT_SAFE',
      message: expect.stringMatching(/nowhere else: draft$/),
    })
    expect(await purge(world, 'nux', {unclean: true})).toMatchObject([{id, name: 'nux', outcome: 'purged'}])
    expect(world.traces()).toEqual([])
    await expect(purge(world, 'nux')).rejects.toMatchObject({code: 'NOT_REMOVED'})
  })

  test('Removed twice: which one has to be said', async () => {
    const world = makeWorld()
    const [first] = [await gone(world), await gone(world)]
    await expect(purge(world, 'nux', {unclean: true})).rejects.toMatchObject({code: 'AMBIGUOUS'})
    await purge(world, 'nux', {id: first.id, unclean: true})
    expect(readdirSync(join(world.rig, 'polecats/.removed'))).toHaveLength(1)
    await expect(purge(world, 'slit', {unclean: true})).rejects.toMatchObject({code: 'NOT_REMOVED'})
  })

  test('By age: the old ones go, but what is only there stays, and so do younger ones', async () => {
    const world = makeWorld()
    const [unclean, old, young] = [
      await gone(world, 'nux'),
      await gone(world, 'slit', {clean: true}),
      await gone(world, 'toast', {clean: true}),
    ]
    for (const {id} of [unclean, old]) age(world, id, 8)
    age(world, young.id, 6)
    expect(await purgeOld(world.services, world.ref(''), {days: 7, unclean: false})).toMatchObject([
      {
        id: unclean.id,
        name: 'nux',
        outcome: 'kept',
        reasons: [expect.stringContaining('draft')],
        hint: expect.stringContaining(`gt polecat purge alpha/nux --id ${unclean.id} --unclean`),
      },
      {id: old.id, name: 'slit', outcome: 'purged'},
    ])
    const {sandboxes} = await removedOf(world.services, world.ref(''))
    expect(sandboxes.map(({id}) => id)).toEqual([unclean.id, young.id])
  })

  test.each([true, false])(
    'By age: one that was interrupted is finished (with a manifest: %s)',
    async (hasManifest) => {
      const world = makeWorld()
      const {id} = await gone(world)
      const folder = join(world.rig, 'polecats/.removed')
      renameSync(join(folder, id), join(folder, `.purging-${id}`))
      if (!hasManifest) rmSync(join(folder, `.purging-${id}`, 'manifest.json'))
      expect(await purgeOld(world.services, world.ref(''), {days: 7, unclean: false})).toMatchObject([
        {id, name: hasManifest ? 'nux' : id, outcome: 'purged'},
      ])
      expect(existsSync(folder)).toBe(false)
    },
  )

  test('Ages', () => {
    expect([parseAge('7d'), parseAge('12h')]).toEqual([7, 0.5])
    for (const text of ['', '7', '7w', '-1d']) expect(() => parseAge(text)).toThrow('is not an age')
  })
})

test('What is shown names what is only there, and the command that brings it back', async () => {
  const world = makeWorld()
  const {removed, id} = await gone(world)
  const until = await keptUntil(world.services, world.ref(''))
  const text = polecatView.removed(world.ref('nux'), {...removed, until}, plainStyle).text
  expect(text).toContain(`Sandbox kept: ${removed.kept?.path}\n`)
  expect(text).toContain(`  Kept until you delete it: gt polecat purge alpha/nux --id ${id} --unclean\n`)
  expect(text).toContain('  Only there: draft\n')
  expect(text).toContain(`Bring it back with: gt polecat restore alpha/nux --id ${id}`)
  expect(existsSync(removed.kept?.path ?? '')).toBe(true)
  const {sandboxes} = await removedOf(world.services, world.ref(''))
  const list = removedView.list('alpha', sandboxes, {until, style: plainStyle})
  expect(list.text).toContain(`gt polecat restore alpha/nux --id ${id}`)
  expect(list.json).toMatchObject({removed: [{name: 'nux', id, verdict: 'unsafe'}]})
  const outcomes = [{id, name: 'nux', outcome: 'blocked', reasons: ['it is busy']}] as const
  expect(removedView.purged(outcomes, plainStyle).text).toBe(`○ ${id}\n  Not deleted completely: it is busy`)
  expect(removedView.purged([], plainStyle).text).toBe('nothing to purge')
})

test('A clean one is kept for as long as the settings say; when they cannot be read, no day is named', async () => {
  const world = makeWorld()
  const {removed} = await gone(world, 'nux', {clean: true})
  const [kept] = [removed.kept as RemovedSandbox]
  const until = await keptUntil(world.services, world.ref(''))
  expect(until(kept)?.getTime()).toBe(Date.parse(kept.removedAt) + 14 * 24 * 3_600_000)
  const shown = {...kept, removedAt: '2026-12-01T12:00:00.000Z'}
  const [rig, view] = [world.ref(''), removedView.list('alpha', [shown], {until, style: plainStyle})]
  expect(view.text).toContain('  Kept until 15 Dec 2026, or until the disk is nearly full\n')
  expect(view.json).toMatchObject({removed: [{kept_until: '2026-12-15T12:00:00.000Z'}]})
  const {patrol} = world.services.host
  const broken = async () => Promise.reject(new GtError('settings are broken', {code: 'INVALID_SETTING'}))
  world.services.host = {...world.services.host, patrol: {...patrol, read: broken}}
  expect((await keptUntil(world.services, rig))(kept)).toBeUndefined()
  expect(world.warnings).toEqual(['settings are broken'])
})

test('Logs: each line ends with the command that undoes it; a log that cannot be written is only a warning', async () => {
  const world = makeWorld()
  const {id} = await gone(world)
  await bringBack(world, 'nux')
  expect(world.events.map(({line}) => line?.text)).toEqual([
    expect.stringMatching(/only there \(draft\); undo: gt polecat restore alpha\/nux --id nux-\w+$/),
    'sandbox brought back; undo: gt polecat nuke alpha/nux',
  ])
  expect(world.events[0]?.payload).toMatchObject({polecat: 'nux', id, gate: 'unsafe'})
  const fail = async () => Promise.reject(new GtError('the disk is full', {code: 'UNWRITABLE'}))
  world.services.host = {...world.services.host, events: {append: fail}}
  expect(await removeWorker(world.services, world.ref('nux'))).toMatchObject({kept: {name: 'nux'}})
  expect(world.warnings).toEqual(['the disk is full'])
})
