// What the patrol deletes of what was put away, and when.
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {putAway} from '../../../packages/workers/src/put-away/put-away.js'
import {HOUR, MINUTE, makeWorld, type World} from './support/world.js'

const DAY = 24 * HOUR
const GB = 1024 ** 3

/** Puts the sandbox of a worker away, as long ago as said. Returns its id. */
async function away(world: World, name: string, {is = 'safe', agoMs = 0, file = ''} = {}): Promise<string> {
  const {path} = world.polecat(name)
  if (file !== '') writeFileSync(join(path, 'large'), file)
  const rig = {name: 'alpha', path: world.rig}
  const verdict = {is: is as 'safe', reasons: is === 'safe' ? [] : ['not committed: draft']}
  const place = {git: world.services.git, rig, name, callerDirectory: '/', processesIn: () => []}
  const {id} = await putAway({...place, verdict})
  const manifest = join(world.rig, 'polecats/.removed', id, 'manifest.json')
  const removed_at = new Date(Date.now() - agoMs).toISOString()
  writeFileSync(manifest, JSON.stringify({...JSON.parse(readFileSync(manifest, 'utf8')), removed_at}))
  return id
}

const kept = (world: World) => {
  const folder = join(world.rig, 'polecats/.removed')
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

/** Runs cycles until nothing is half deleted, since a cycle deletes for a short time only. */
async function settle(world: World): Promise<string[]> {
  do await world.cycle(MINUTE)
  while (kept(world).some((name) => name.startsWith('.')))
  return kept(world)
}

const logs = (world: World) => ({
  events: readFileSync(join(world.town, '.events.jsonl'), 'utf8'),
  lines: readFileSync(join(world.town, 'logs/town.log'), 'utf8'),
})

test('For longer than 14 days: deleted if it was clean, with a word in both logs; otherwise a person is told', async () => {
  const world = makeWorld()
  await world.cycle()
  const [old, young, unsafe, unclear] = [
    await away(world, 'nux', {agoMs: 15 * DAY}),
    await away(world, 'slit', {agoMs: 13 * DAY}),
    await away(world, 'toast', {is: 'unsafe', agoMs: 15 * DAY}),
    await away(world, 'dag', {is: 'unknown', agoMs: 15 * DAY}),
  ]
  expect(await settle(world)).toEqual([young, unsafe, unclear].sort())
  expect(logs(world).events).toMatch(
    new RegExp(`"polecat_purged".*"polecat":"nux","id":"${old}","undo":"git -C`),
  )
  expect(logs(world).lines).toMatch(
    /\[purged\] alpha\/nux sandbox deleted; get its commits back: git -C \S+ branch /,
  )
  expect(world.incidents().map(({cause}) => cause)).toEqual([
    'keeping work of a removed polecat that may exist nowhere else',
    'keeping work of a removed polecat that may exist nowhere else',
  ])
  for (let cycle = 0; cycle < 3; cycle++) await world.cycle(MINUTE)
  expect(world.incidents()).toHaveLength(2)
})

test('The disk is nearly full: the oldest clean one goes, one in a cycle, and what was put away just now stays', async () => {
  const world = makeWorld()
  await world.cycle()
  const ids = [
    await away(world, 'nux', {agoMs: 3 * DAY}),
    await away(world, 'slit', {is: 'unsafe', agoMs: 3 * DAY}),
    await away(world, 'toast', {agoMs: 2 * DAY}),
    await away(world, 'dag', {agoMs: MINUTE}),
  ]
  world.disk.free = 6 * GB
  expect(await settle(world)).toEqual([...ids].sort())
  world.disk.free = 4 * GB
  expect(await settle(world)).toEqual(ids.slice(1).sort())
  expect(await settle(world)).toEqual([ids[1], ids[3]].sort())
  expect(await settle(world)).toEqual([ids[1], ids[3]].sort())
})

test('A small disk: a tenth of it counts', async () => {
  const world = makeWorld()
  await world.cycle()
  const id = await away(world, 'nux', {agoMs: DAY})
  Object.assign(world.disk, {total: 10 * GB, free: 1.5 * GB})
  expect(await settle(world)).toEqual([id])
  world.disk.free = 0.5 * GB
  expect(await settle(world)).toEqual([])
})

test('They take more space than the settings allow: the oldest clean one goes', async () => {
  const world = makeWorld()
  world.settings.patrol = {keep_removed_size: '3MB'}
  await world.cycle()
  const file = 'x'.repeat(2 * 1024 ** 2)
  const first = await away(world, 'nux', {agoMs: 2 * DAY, file})
  expect(await settle(world)).toEqual([first])
  const second = await away(world, 'slit', {agoMs: DAY, file})
  expect(await settle(world)).toEqual([second])
  expect(await settle(world)).toEqual([second])
})

test('One that cannot be deleted: told after six cycles with the reason, noted once, and deleted when it can be', async () => {
  const world = makeWorld()
  await world.cycle()
  const id = await away(world, 'nux', {agoMs: 15 * DAY})
  const {processesIn} = world.services
  world.services.processesIn = () => [{pid: 4711, command: 'vim notes'}]
  for (let cycle = 0; cycle < 9; cycle++) await world.cycle(MINUTE)
  const [incident, ...others] = world.incidents()
  expect(others).toEqual([])
  expect(incident).toMatchObject({
    cause: 'unable to delete a removed sandbox',
    detail: expect.stringMatching(new RegExp(`^${id}: processes are running in .*4711 \\(vim notes\\)`)),
  })
  expect(
    logs(world).lines.match(/\[purge_blocked\] .*; try again: gt polecat purge alpha\/nux --id \S+$/gm),
  ).toHaveLength(1)
  world.services.processesIn = processesIn
  expect(await settle(world)).toEqual([])
  await world.cycle(MINUTE)
  expect(world.incidents().map(({status}) => status)).toEqual(['open', 'resolved'])
})

test('A large one: a part in each cycle, and no failure', async () => {
  const world = makeWorld()
  await world.cycle()
  const id = await away(world, 'nux', {agoMs: 15 * DAY})
  const tree = join(world.rig, 'polecats/.removed', id, 'tree')
  for (let folder = 0; folder < 40; folder++) {
    mkdirSync(join(tree, `d${folder}`))
    for (let file = 0; file < 100; file++) writeFileSync(join(tree, `d${folder}`, `f${file}`), '')
  }
  expect(await settle(world)).toEqual([])
  expect(world.incidents()).toEqual([])
})
