// Messages to the witness: what each may change, and for which worker.
import {existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {witnessMailbox} from '@gtown/sdk/mail'
import {pause, resume} from '@gtown/sdk/watchdog'
import {describe, expect, test} from 'vitest'
import {readEvents} from '../../../src/events/read-events.js'
import {pauseFile} from '../../../src/patrol/pause.js'
import {until} from '../../support/until.js'
import {send} from './support/mail.js'
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

async function working(): Promise<[World, Polecat]> {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  await world.cycle()
  return [world, nux]
}

/** A worker that reported done, and whose agent is gone. */
function handedIn(more: Record<string, unknown> = {}): [World, Polecat] {
  const world = makeWorld()
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
  const done = {exit: 'COMPLETED', spawned_at: ago(HOUR), done_at: ago(HOUR / 2), merge_request: 'open'}
  const nux = world.polecat('nux', {...done, ...more})
  nux.commit('work')
  nux.push()
  return [world, nux]
}

const about = (nux: Polecat) => ({Branch: nux.branch, Incarnation: `${nux.name}-1`})

async function effects(world: World): Promise<unknown[]> {
  const events = await readEvents(world.town, ({type}) => type === 'message_read', 100)
  return events.map(({payload}) => payload.effect)
}

describe('POLECAT_DONE', () => {
  test('of this life: it is not restarted, and not checked further for a minute', async () => {
    const [world, nux] = await working()
    await nux.kill()
    await send(world, 'POLECAT_DONE nux', {Exit: 'COMPLETED', ...about(nux)})
    expect(verdictOf(await world.cycle(), 'nux')).toBe('exiting')
    expect(doneFor(await world.cycle(2 * MINUTE), 'nux')).toEqual([])
    expect(await nux.runs()).toBe(false)
  })

  test.each([
    ['another life of the name', {Incarnation: 'nux-0', Branch: 'polecat/nux-m1'}],
    ['another branch', {Branch: 'polecat/nux-m0'}],
    ['another commit', {Branch: 'polecat/nux-m1', Head: '0'.repeat(40)}],
    ['nothing that tells lives apart', {}],
  ])('about %s touches nobody: the worker is restarted as ever', async (_, fields) => {
    const [world, nux] = await working()
    await send(world, 'POLECAT_DONE nux', {Exit: 'COMPLETED', ...fields})
    await nux.kill()
    expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart'])
  })

  test('older than the session: no effect', async () => {
    const [world, nux] = await working()
    await send(world, 'POLECAT_DONE nux', {Exit: 'COMPLETED', ...about(nux)}, {at: Date.now() - MINUTE})
    await nux.kill()
    expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart'])
    expect(await effects(world)).toEqual(['it is older than the session'])
  })

  test('twice, and again after a killed patrol: one effect', async () => {
    const [world, nux] = await working()
    const id = await send(world, 'POLECAT_DONE nux', {Exit: 'ESCALATED', ...about(nux)})
    await send(world, 'POLECAT_DONE nux', {Exit: 'ESCALATED', ...about(nux)}, {id})
    const box = witnessMailbox(world.rig)
    const copy = readFileSync(join(box, 'new', readdirSync(join(box, 'new'))[0] ?? ''), 'utf8')
    await world.cycle()
    writeFileSync(join(box, 'new/again'), copy)
    await world.cycle(SECOND)
    world.restartPatrol()
    writeFileSync(join(box, 'new/and-again'), copy)
    await world.cycle(SECOND)
    expect(await effects(world)).toEqual(['done'])
    expect(world.incidents()).toMatchObject([{cause: 'left with unfinished work', status: 'open'}])
  })

  test('dated in the future: counts as written now, so that later messages win', async () => {
    const [world, nux] = await working()
    await nux.kill()
    const at = Date.now() + HOUR
    await send(world, 'POLECAT_DONE nux', {Exit: 'COMPLETED', ...about(nux)}, {at})
    expect(verdictOf(await world.cycle(), 'nux')).toBe('exiting')
    expect(verdictOf(await world.cycle(2 * MINUTE), 'nux')).not.toBe('exiting')
    await send(world, 'MERGE_FAILED nux', about(nux))
    expect(doneFor(await world.cycle(SECOND), 'nux')).toEqual(['restart'])
  })

  test('does not have unsaved work removed', async () => {
    const world = makeWorld()
    const nux = world.polecat('nux', {spawned_at: new Date(Date.now() - HOUR).toISOString()})
    nux.write('only here')
    await send(world, 'POLECAT_DONE nux', {Exit: 'COMPLETED', ...about(nux)})
    await send(world, 'MERGED nux', about(nux))
    await world.cycle()
    const report = await world.cycle(11 * MINUTE)
    expect([verdictOf(report, 'nux'), nux.isThere()]).toEqual(['done, dirty', true])
  })
})

test('MERGED: the worker that waited for it is removed', async () => {
  const [world, nux] = handedIn()
  await world.cycle()
  expect(verdictOf(await world.cycle(11 * MINUTE), 'nux')).toBe('waiting for merge')
  await send(world, 'MERGED nux', {Branch: nux.branch})
  expect(doneFor(await world.cycle(SECOND), 'nux')).toEqual(['nuke'])
  expect(nux.isThere()).toBe(false)
  expect(
    JSON.parse(readFileSync(join(world.rig, '.runtime/witness.json'), 'utf8')).mail.workers,
  ).toMatchObject({})
})

test('MERGE_FAILED: the work is open again, until it is finished again', async () => {
  const [world, nux] = handedIn({agent: 'told'})
  await world.cycle()
  const failure = {FailureType: 'tests', Error: 'two of them'}
  await send(world, 'MERGE_FAILED nux', {Branch: nux.branch, ...failure})
  const report = await world.cycle(MINUTE)
  expect([verdictOf(report, 'nux'), doneFor(report, 'nux')]).toEqual(['crashed', ['restart']])
  expect(JSON.stringify(report)).toContain('tests: two of them')
  const restarted = join(world.box.dir, 'log/restarted/submitted')
  await until('it to be told why', () => existsSync(restarted) && readFileSync(restarted, 'utf8'))
  expect(readFileSync(restarted, 'utf8')).toContain(
    'go on with your task (its merge failed: tests: two of them)',
  )
  await send(world, 'POLECAT_DONE nux', {Exit: 'COMPLETED', ...about(nux)})
  await nux.kill()
  expect(verdictOf(await world.cycle(SECOND), 'nux')).toBe('exiting')
})

test('MERGE_FAILED for an abandoned branch: a person is notified once', async () => {
  const [world, nux] = await working()
  await send(world, 'MERGE_FAILED nux', {Branch: 'polecat/nux-m0', Error: 'conflict'})
  for (let cycle = 0; cycle < 3; cycle++) await world.cycle(SECOND)
  expect(world.incidents()).toMatchObject([
    {cause: 'left with a failed merge', detail: expect.stringMatching(/nux-m0.*conflict/s), status: 'open'},
  ])
  await world.cycle(25 * HOUR)
  await world.cycle(SECOND)
  expect([world.incidents()[1]?.status, await nux.runs()]).toEqual(['resolved', true])
})

describe('HELP', () => {
  const problem = {Agent: 'alpha/polecats/nux', Problem: 'which of the two?'}

  test('from a worker: a person is notified with its text, and it is nudged only when it works again', async () => {
    const [world, nux] = await working()
    await send(world, 'HELP: colours', problem)
    const report = await world.cycle(6 * MINUTE)
    expect([verdictOf(report, 'nux'), doneFor(report, 'nux')]).toEqual(['stuck', []])
    expect(world.incidents()).toMatchObject([
      {cause: 'asked for help', detail: expect.stringMatching(/^nux: HELP: colours\n.*which of the two\?/s)},
    ])
    await nux.tell('busy')
    await world.cycle(SECOND)
    expect(world.incidents()).toMatchObject([{status: 'open'}, {status: 'resolved'}])
    expect(nux.submitted()).toEqual([])
  })

  test('while the patrol is paused: escalated when it resumes', async () => {
    const [world] = await working()
    await pause(pauseFile(world.rig), {reason: 'moving', by: 'me'})
    await send(world, 'HELP: colours', problem)
    await world.cycle(SECOND)
    expect(world.incidents()).toEqual([])
    await resume(pauseFile(world.rig))
    await world.cycle(SECOND)
    await world.cycle(SECOND)
    expect(world.incidents()).toHaveLength(1)
  })

  test('from somebody who is not a worker: escalated, too', async () => {
    const [world] = await working()
    await send(world, 'HELP: the build', {Agent: 'mayor/', Problem: 'it is red'})
    await world.cycle(SECOND)
    expect(world.incidents()).toMatchObject([{detail: expect.stringContaining('it is red')}])
  })

  test('with a failed notification: escalated in the next cycle', async () => {
    const [world] = await working()
    const {escalate} = world.settings
    world.settings.escalate = {command: ['/bin/false']}
    await send(world, 'HELP: colours', problem)
    await world.cycle(SECOND)
    world.settings.escalate = escalate
    await world.cycle(SECOND)
    await world.cycle(SECOND)
    expect(world.incidents()).toHaveLength(1)
  })
})

test('LIFECYCLE:Shutdown: not restarted; its unsaved work stays, and a person is notified', async () => {
  const [world, nux] = await working()
  nux.write('only here')
  await send(world, 'LIFECYCLE:Shutdown nux', {Branch: nux.branch})
  await nux.kill()
  expect(verdictOf(await world.cycle(), 'nux')).toBe('exiting')
  expect(verdictOf(await world.cycle(11 * MINUTE), 'nux')).toBe('done, dirty')
  expect([nux.isThere(), await nux.runs(), world.incidents()]).toMatchObject([
    true,
    false,
    [{cause: 'done, dirty'}],
  ])
})

test('SWARM_START and unknown messages are logged, and change nothing', async () => {
  const [world] = await working()
  await send(world, 'SWARM_START', {SwarmID: 's-1', Beads: 'al-1, al-2'})
  await send(world, 'Good morning', {})
  expect(doneFor(await world.cycle(SECOND), 'nux')).toEqual([])
  expect(await effects(world)).toEqual(['noted', 'it is about no worker of this rig'])
})

test('Unreadable mailbox: a warning, and the rig is patrolled', async () => {
  const [world, nux] = await working()
  mkdirSync(join(world.rig, '.runtime/mail/witness'), {recursive: true})
  symlinkSync('new', join(witnessMailbox(world.rig), 'new'))
  await nux.kill()
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart'])
  expect(world.warnings).toMatchObject([expect.stringMatching(/^cannot read .*mail\/witness\/new/)])
})

test('A flood of help requests: only some are escalated, without control characters', async () => {
  const [world] = await working()
  for (let count = 0; count < 30; count++)
    await send(world, `HELP: ${count}`, {Agent: 'mayor', Problem: '\u001b[2Jred'})
  await world.cycle(SECOND)
  expect(world.incidents()).toHaveLength(20)
  expect(world.incidents().map(({detail}) => detail)).toContain('HELP: 0\nAgent: mayor\nProblem: [2Jred')
})

test('A torn message is set aside and named; --dry-run leaves the mailbox as it is', async () => {
  const [world, nux] = await working()
  await send(world, 'POLECAT_DONE nux', {Exit: 'COMPLETED', ...about(nux)})
  const fresh = join(witnessMailbox(world.rig), 'new')
  writeFileSync(join(fresh, 'torn'), 'Subject: MERGED nux\n\nBranch: pole')
  await nux.kill()
  expect(verdictOf(await world.dryRun(), 'nux')).toBe('exiting')
  expect([readdirSync(fresh).length, world.warnings]).toEqual([2, []])
  expect(verdictOf(await world.cycle(), 'nux')).toBe('exiting')
  expect([readdirSync(fresh), world.warnings]).toEqual([
    [],
    [expect.stringMatching(/unusable\/torn cannot be used/)],
  ])
})
