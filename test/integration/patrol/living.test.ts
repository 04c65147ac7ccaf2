// Workers whose agent is alive: left alone, nudged, or escalated; never ended.
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {treeUsage} from '@gtown/process'
import {describe, expect, test} from 'vitest'
import {until} from '../../support/until.js'
import {doneFor, HOUR, MINUTE, makeWorld, type Polecat, verdictOf, type World} from './support/world.js'

/** A worker whose agent is at its prompt, and a patrol that has observed it. */
async function working(more: Record<string, unknown> = {}, agent?: string): Promise<[World, Polecat]> {
  const world = makeWorld()
  const nux = world.polecat('nux', more)
  await nux.start(agent)
  await world.cycle()
  return [world, nux]
}

test('At its prompt without work for an hour: idle, and nothing is done', async () => {
  const [world, nux] = await working({task: null})
  for (let cycle = 0; cycle < 6; cycle++) {
    const report = await world.cycle(10 * MINUTE)
    expect([verdictOf(report, 'nux'), doneFor(report, 'nux')]).toEqual(['idle, waiting', []])
  }
  expect([nux.submitted(), world.incidents()]).toEqual([[], []])
})

test('At its prompt with open work: nudged, nudged with a deadline, then a person is notified', async () => {
  const [world, nux] = await working()
  const first = await world.cycle(6 * MINUTE)
  expect([verdictOf(first, 'nux'), doneFor(first, 'nux')]).toEqual(['stalled', ['nudge']])
  expect(nux.submitted()).toHaveLength(1)
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual([])
  expect(doneFor(await world.cycle(9 * MINUTE), 'nux')).toEqual(['nudge'])
  expect(doneFor(await world.cycle(15 * MINUTE), 'nux')).toEqual(['escalate'])
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual([])
  expect(world.incidents()).toMatchObject([
    {status: 'open', cause: 'stalled', worker: 'nux', incarnation: 'nux-1', rig: 'alpha'},
  ])
  expect(nux.submitted()).toHaveLength(2)
})

test.each(['busy', 'permission', 'menu', 'draft half a thought'])(
  'Showing %s with open work: no key is pressed',
  async (order) => {
    const [world, nux] = await working()
    await nux.tell(order)
    await world.cycle(3 * MINUTE)
    const report = await world.cycle(6 * MINUTE)
    expect(doneFor(report, 'nux')).not.toContain('nudge')
    expect(readdirSync(nux.log)).not.toContain('bytes')
  },
)

test('Asking for permission: a person is notified once, with the question', async () => {
  const [world, nux] = await working()
  await nux.tell('permission')
  await world.cycle(MINUTE)
  expect(doneFor(await world.cycle(3 * MINUTE), 'nux')).toEqual(['escalate'])
  expect(doneFor(await world.cycle(3 * MINUTE), 'nux')).toEqual([])
  expect(world.incidents()).toMatchObject([
    {cause: 'waiting for a person', detail: expect.stringContaining('Do you want to proceed')},
  ])
  await nux.tell('idle')
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toContain('resolve')
  expect(world.incidents()).toMatchObject([{status: 'open'}, {status: 'resolved'}])
})

test('Usage limit: nothing until its end, then one nudge', async () => {
  const [world, nux] = await working()
  const at = new Date(Date.now() + 20 * MINUTE)
  const time = at.toLocaleTimeString('en-US', {hour: 'numeric', minute: '2-digit'}).replace(/\s/, '')
  await nux.tell(`limit You've hit your session limit · resets ${time.toLowerCase()}`)
  for (let cycle = 0; cycle < 3; cycle++) {
    const report = await world.cycle(5 * MINUTE)
    expect([verdictOf(report, 'nux'), doneFor(report, 'nux')]).toEqual(['limited', []])
  }
  expect(doneFor(await world.cycle(10 * MINUTE), 'nux')).toEqual(['nudge'])
  expect(nux.submitted()).toEqual([expect.stringContaining('limit is over')])
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual([])
})

test('Usage limit without an end: no key, and after six hours a person is notified once', async () => {
  const [world, nux] = await working()
  await nux.tell("limit You've hit your session limit")
  const done: string[] = []
  for (let cycle = 0; cycle < 5; cycle++) done.push(...doneFor(await world.cycle(2 * HOUR), 'nux'))
  expect([done, nux.submitted()]).toEqual([['escalate'], []])
  expect(world.incidents()).toMatchObject([{cause: 'limited', detail: expect.stringContaining('hit your')}])
})

test('Files change while the screen does not: it is working, and not nudged', async () => {
  const [world, nux] = await working()
  // The test's clock is ahead of the files' times by the elapsed patrol time.
  await world.cycle(4 * MINUTE)
  const later = new Date(Date.now() + 5.5 * MINUTE)
  nux.write('progress')
  nux.touch('progress', later)
  const report = await world.cycle(2 * MINUTE)
  expect([verdictOf(report, 'nux'), doneFor(report, 'nux')]).toEqual(['healthy', []])
})

test('Changed files cannot be listed: it is not nudged', async () => {
  const [world, nux] = await working()
  const {git} = world.services
  world.services.git = async (args, options) =>
    args[0] === 'status' ? {code: 128, stdout: '', stderr: 'fatal'} : await git(args, options)
  const report = await world.cycle(6 * MINUTE)
  expect([doneFor(report, 'nux'), nux.submitted()]).toEqual([[], []])
})

test('Silent for 40 minutes while a child uses CPU: not hung', async () => {
  const [world] = await working({}, 'spinning')
  const session = await world.backend.inspect('gt-alpha-nux')
  const ticks = () => treeUsage([session?.pid ?? 0])?.get(session?.pid ?? 0)?.ticks ?? 0
  for (let cycle = 0; cycle < 5; cycle++) {
    const before = ticks()
    await until('the child to compute', () => ticks() > before + 20)
    const report = await world.cycle(10 * MINUTE)
    expect(verdictOf(report, 'nux')).not.toBe('hung')
  }
  expect(world.incidents()).toEqual([])
})

test.each([
  ['a patrol that goes on', () => {}],
  ['a patrol that is started anew for each cycle', (world: World) => world.restartPatrol()],
])(
  'Silent, without processor and without an answer, to %s: hung, told once, no file changed',
  async (_, between) => {
    const [world, nux] = await working()
    nux.commit('work')
    nux.write('dirty')
    const before = snapshot(nux)
    await nux.tell('busy')
    const done: string[] = []
    for (let cycle = 0; cycle < 6; cycle++) {
      between(world)
      done.push(...doneFor(await world.cycle(11 * MINUTE), 'nux'))
    }
    expect(done).toEqual(['escalate'])
    expect(world.incidents()).toMatchObject([{cause: 'hung'}])
    expect([snapshot(nux), await nux.runs()]).toEqual([before, true])
  },
)

function snapshot(nux: Polecat): unknown[] {
  const files = readdirSync(nux.path).filter((name) => name !== '.git')
  return [
    nux.git('rev-parse', 'HEAD'),
    ...files.map((name) => [name, readFileSync(join(nux.path, name), 'utf8')]),
  ]
}

describe('An agent inside a shell', () => {
  test('is alive: counts as alive', async () => {
    const [world] = await working({}, 'wrapped')
    expect(verdictOf(await world.cycle(MINUTE), 'nux')).toBe('healthy')
  })

  test('has ended, and its shell waits: crashed, and restarted in the same sandbox', async () => {
    const [world, nux] = await working({}, 'wrapped')
    const head = nux.commit('work')
    const {pid} = (await world.backend.inspect('gt-alpha-nux')) ?? {pid: 0}
    process.kill(Number(readFileSync(join(nux.log, 'ready'), 'utf8')), 'SIGKILL')
    await until('the shell to be alone', () => treeUsage([pid])?.get(pid)?.processes === 1)
    const report = await world.cycle(MINUTE)
    expect([verdictOf(report, 'nux'), doneFor(report, 'nux')]).toEqual(['crashed', ['restart']])
    expect([nux.git('rev-parse', 'HEAD'), await nux.runs()]).toEqual([head, true])
    expect((await world.backend.inspect(nux.session))?.labels.agent).toBe('wrapped')
  })
})
