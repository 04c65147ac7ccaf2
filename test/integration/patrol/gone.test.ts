// Workers whose agent is gone while their work is open.
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {
  doneFor,
  keepServer,
  MINUTE,
  makeWorld,
  type Polecat,
  SECOND,
  verdictOf,
  type World,
} from './support/world.js'

async function working(): Promise<[World, Polecat]> {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  await world.cycle()
  return [world, nux]
}

test('Crashed: restarted in the same sandbox, with branch, commit and files unchanged', async () => {
  const [world, nux] = await working()
  const head = nux.commit('work')
  nux.write('dirty')
  await world.cycle()
  await nux.kill()
  const report = await world.cycle(MINUTE)
  expect([verdictOf(report, 'nux'), doneFor(report, 'nux')]).toEqual(['crashed', ['restart']])
  expect([nux.git('rev-parse', 'HEAD'), nux.git('branch', '--show-current')]).toEqual([head, nux.branch])
  expect([nux.git('status', '--porcelain'), await nux.runs()]).toEqual(['?? dirty', true])
  const env = await world.backend.environment?.(await session(world))
  expect(env).toMatchObject({GT_POLECAT: 'nux', GT_POLECAT_INCARNATION: 'nux-1', GT_ROLE: 'polecat'})
})

test('Crashed without a commit, with its session gone completely: restarted', async () => {
  const [world, nux] = await working()
  await nux.loseSession()
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart'])
  expect(await nux.runs()).toBe(true)
})

test('HEAD moves meanwhile: nothing is done, and it does not count as an attempt', async () => {
  const [world, nux] = await working()
  await nux.kill()
  world.beforeActing = () => void nux.commit('meanwhile')
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart refused'])
  expect(await nux.runs()).toBe(false)
  world.beforeActing = undefined
  expect(doneFor(await world.cycle(SECOND), 'nux')).toEqual(['restart'])
})

test('Another worker takes the name meanwhile: nothing is done to it', async () => {
  const [world, nux] = await working()
  await nux.kill()
  world.beforeActing = () => nux.note({incarnation: 'nux-2'})
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart refused'])
  expect(await nux.runs()).toBe(false)
})

test('Never started: spawning at first, restarted once after too long', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await world.cycle()
  const early = await world.cycle(MINUTE)
  expect([verdictOf(early, 'nux'), doneFor(early, 'nux')]).toEqual(['spawning', []])
  expect(doneFor(await world.cycle(5 * MINUTE), 'nux')).toEqual(['restart'])
  expect(doneFor(await world.cycle(SECOND), 'nux')).not.toContain('restart')
  expect(await nux.runs()).toBe(true)
})

test('Crash loop: back-off, then no more restarts, across patrols', async () => {
  const [world, nux] = await working()
  keepServer(world)
  const restarts: string[] = []
  const crash = async (afterMs: number) => {
    await nux.kill()
    const done = doneFor(await world.cycle(afterMs), 'nux')
    restarts.push(...done)
    return done
  }
  expect(await crash(SECOND)).toEqual(['restart'])
  expect(await crash(10 * SECOND)).toEqual([])
  expect(doneFor(await world.cycle(25 * SECOND), 'nux')).toEqual(['restart'])
  world.restartPatrol()
  expect(await crash(2 * MINUTE)).toEqual(['restart'])
  expect(await crash(4 * MINUTE)).toEqual(['restart'])
  world.restartPatrol()
  expect(await crash(MINUTE)).toEqual(['escalate'])
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual([])
  expect(await nux.runs()).toBe(false)
  expect(world.incidents()).toMatchObject([{cause: 'crash-looping', worker: 'nux'}])
})

test('Three die together: one mass event, and no restart in that cycle', async () => {
  const world = makeWorld()
  const all = ['a', 'b', 'c'].map((name) => world.polecat(name))
  for (const polecat of all) await polecat.start()
  await world.cycle()
  for (const polecat of all) await polecat.kill()
  const report = await world.cycle(SECOND)
  expect(all.map(({name}) => doneFor(report, name))).toEqual([[], [], []])
  expect(world.incidents()).toMatchObject([{cause: 'mass event', rig: 'alpha'}])
})

test('State file truncated or missing: nothing is done in that cycle', async () => {
  const [world, nux] = await working()
  const file = join(world.rig, '.runtime/witness.json')
  await nux.kill()
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200))
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['observe'])
  expect(world.warnings).toEqual([expect.stringContaining('witness.json')])
  rmSync(file)
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['observe'])
  expect(await nux.runs()).toBe(false)
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart'])
})

test('The clock jumps two hours: nothing is done in that cycle', async () => {
  const [world, nux] = await working()
  await nux.kill()
  world.jump(120 * MINUTE)
  expect(doneFor(await world.cycle(SECOND), 'nux')).toEqual(['observe'])
  expect(await nux.runs()).toBe(false)
})

test('Dry run: reports what would be done, and changes nothing', async () => {
  const [world, nux] = await working()
  await nux.kill()
  const file = join(world.rig, '.runtime/witness.json')
  const before = readFileSync(file, 'utf8')
  const dry = await world.dryRun(MINUTE)
  expect([readFileSync(file, 'utf8'), await nux.runs()]).toEqual([before, false])
  const real = await world.cycle()
  expect(dry.polecats.map(withoutTimes)).toEqual(real.polecats.map(withoutTimes))
  expect(doneFor(real, 'nux')).toEqual(['restart'])
})

function withoutTimes({
  evidence: _,
  actions,
  ...polecat
}: Awaited<ReturnType<World['cycle']>>['polecats'][number]) {
  return {...polecat, actions: actions.map(({action}) => action)}
}

async function session(world: World) {
  const found = await world.backend.inspect('gt-alpha-nux')
  if (!found) throw new Error('nux has no session')
  return found
}
