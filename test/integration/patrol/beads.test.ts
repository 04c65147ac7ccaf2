// Rigs whose work the original keeps in beads. Only bd is fake: it prints what the test prepared.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {runBd} from '../../../src/host/run-bd.js'
import {bead, giveBeads, rigBead} from './support/beads.js'
import {
  doneFor,
  HOUR,
  MINUTE,
  makeWorld,
  type Polecat,
  SECOND,
  verdictOf,
  type World,
} from './support/world.js'

const ASSIGNED = {assignee: 'alpha/polecats/nux'}

/** A worker of the original, without a record of ours, whose agent was seen to be killed. */
async function crashed(): Promise<[World, Polecat]> {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  nux.forget()
  await world.cycle()
  await nux.kill()
  return [world, nux]
}

test.each([
  ['hooked', [bead('al-1', {status: 'hooked', ...ASSIGNED})], 'crashed'],
  [
    'in progress',
    [bead('al-0', {status: 'closed', ...ASSIGNED}), bead('al-1', {status: 'in_progress', ...ASSIGNED})],
    'crashed',
  ],
  ['closed', [bead('al-1', {status: 'closed', ...ASSIGNED})], 'unclear'],
  ['another’s', [bead('al-1', {status: 'hooked', assignee: 'alpha/polecats/toast'})], 'unclear'],
  ['no work, but its agent’s own bead', [bead('al-1', {labels: ['gt:agent'], ...ASSIGNED})], 'unclear'],
  ['a note that is pinned', [bead('al-1', {status: 'pinned', ...ASSIGNED})], 'unclear'],
  ['none at all, in words', 'No issues found.\n', 'unclear'],
])('Its bead is %s', async (_, beads, verdict) => {
  const [world, nux] = await crashed()
  giveBeads(world).say('list', beads)
  expect(verdictOf(await world.cycle(MINUTE), 'nux')).toBe(verdict)
  expect(await nux.runs()).toBe(verdict === 'crashed')
})

const request = (more: Record<string, unknown> = {}, reason = '') =>
  bead('al-9', {
    labels: ['gt:merge-request'],
    description: `branch: polecat/nux-m1\ntarget: main\nworker: nux${reason && `\nclose_reason: ${reason}`}`,
    ...more,
  })

test('Branch waits to be merged: stays; merged: is removed', async () => {
  const [world, nux] = await crashed()
  nux.commit('work')
  nux.push()
  const beads = giveBeads(world)
  const done = bead('al-1', {status: 'closed', ...ASSIGNED})
  beads.say('list', [done, request()])
  expect(verdictOf(await world.cycle(11 * MINUTE), 'nux')).toBe('waiting for merge')
  beads.say('list', [done, request({status: 'closed'}, 'merged')])
  expect(doneFor(await world.cycle(11 * MINUTE), 'nux')).toContain('nuke')
  expect(nux.isThere()).toBe(false)
})

test('Beads on a server: merge requests are read, too, and unknown flags are left out', async () => {
  const [world] = await crashed()
  const beads = giveBeads(world, {backend: 'dolt'})
  writeFileSync(join(world.box.dir, 'bd/no-flat'), '')
  beads.say('list', [bead('al-1', {status: 'closed', ...ASSIGNED}), rigBead()])
  beads.say('sql', [{...request(), labels: undefined, labels_csv: 'gt:merge-request'}])
  expect(verdictOf(await world.cycle(11 * MINUTE), 'nux')).toBe('waiting for merge')
  expect(beads.calls()).toEqual([
    `${beads.folder} list --json --status=all --limit=0`,
    expect.stringMatching(/ sql --json SELECT /),
  ])
})

test('Unchanged files: bd is not run; changed files: bd is run once', async () => {
  const [world] = await crashed()
  const beads = giveBeads(world)
  beads.say('list', [rigBead()])
  for (let cycle = 0; cycle < 3; cycle++) await world.cycle(SECOND)
  expect(beads.calls()).toHaveLength(1)
  beads.say('list', [rigBead()])
  for (let cycle = 0; cycle < 3; cycle++) await world.cycle(SECOND)
  expect(beads.calls()).toHaveLength(2)
})

test.each([
  [
    'fails',
    (world: World) => giveBeads(world).fail('list', 'Error: database is locked'),
    'database is locked',
  ],
  [
    'prints no list',
    (world: World) => giveBeads(world).say('list', 'panic: nil pointer'),
    'not a list of beads',
  ],
  [
    'is not installed',
    (world: World) => {
      giveBeads(world)
      world.bd = (args, where) => runBd(args, {...where, env: {PATH: join(world.box.dir, 'home')}})
    },
    'bd is not installed',
  ],
  [
    'is asked about beads outside the town',
    (world: World) => {
      giveBeads(world)
      writeFileSync(join(world.rig, '.beads/redirect'), '/tmp\n')
    },
    'outside the town',
  ],
])('bd %s: nothing is done, and a person is told once, in the third cycle', async (_, arrange, detail) => {
  const [world, nux] = await crashed()
  world.polecat('toast', {exit: 'COMPLETED', done_at: new Date(Date.now() - HOUR).toISOString()})
  arrange(world)
  for (let cycle = 0; cycle < 5; cycle++) {
    const report = await world.cycle(11 * MINUTE)
    expect([doneFor(report, 'nux'), doneFor(report, 'toast')]).toEqual([[], []])
  }
  expect(world.incidents()).toMatchObject([{cause: 'indeterminate', detail: expect.stringContaining(detail)}])
  expect([await nux.runs(), nux.isThere()]).toEqual([false, true])
  rmSync(join(world.rig, '.beads'), {recursive: true})
  await world.cycle(MINUTE)
  expect(world.incidents()[1]).toMatchObject({cause: 'indeterminate', status: 'resolved'})
})

test('A task that only gt recorded: the record counts', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  await world.cycle()
  await nux.kill()
  giveBeads(world).say('list', [rigBead()])
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart'])
})

test.each(['docked', 'parked'])('Rig is %s according to its bead: nothing is done', async (status) => {
  const [world, nux] = await crashed()
  const beads = giveBeads(world, {registry: status === 'parked'})
  const work = bead('al-1', {status: 'hooked', ...ASSIGNED})
  beads.say('list', [work, rigBead(`status:${status}`)])
  const report = await world.cycle(MINUTE)
  expect([verdictOf(report, 'nux'), await nux.runs()]).toEqual(['skipped', false])
  // A bd that does not list such beads shows them by id.
  beads.say('show', [rigBead(`status:${status}`)])
  beads.say('list', [work])
  expect(verdictOf(await world.cycle(MINUTE), 'nux')).toBe('skipped')
  beads.say('show', [rigBead()])
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart'])
})

test('Beads in a project’s own repository are not the town’s', async () => {
  const [world] = await crashed()
  mkdirSync(join(world.rig, 'mayor/rig/.beads'), {recursive: true})
  world.bd = () => Promise.reject(new Error('bd is asked'))
  const report = await world.cycle(MINUTE)
  expect(verdictOf(report, 'nux')).toBe('indeterminate')
  expect(JSON.stringify(report)).not.toContain('bd is asked')
})
