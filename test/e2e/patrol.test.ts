// The patrol as its user meets it: its commands, as a session of its own, and at work on real workers.
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {makeWorld, type Polecat, type World} from '../integration/patrol/support/world.js'
import {finished, gt, spawnGt} from '../support/cli.js'
import {until} from '../support/until.js'

const FAST = {
  interval: '300ms',
  quiet: '3s',
  deadline_after: '1h',
  escalate_after: '2h',
  exit_grace: '1s',
  done_after: '2s',
  mass_event_half_of: 9,
}

/** A town whose patrol is fast, and gt in it. */
function fastTown() {
  const world = makeWorld()
  const launched = join(world.box.dir, 'agent/careful-agent.js')
  const env = {AGENT_LOG: join(world.box.dir, 'log/restarted'), AGENT_LOOK: 'claude'}
  const careful = {command: launched, args: [], kind: 'claude', prompt_mode: 'none', env}
  mkdirSync(join(world.town, 'settings'))
  const settings = {version: 1, default_agent: 'careful', agents: {careful}, patrol: FAST}
  writeFileSync(join(world.town, 'settings/config.json'), JSON.stringify(settings))
  const options = {cwd: world.town, env: world.box.env}
  return {
    world,
    run: (...args: string[]) => gt(args, options),
    spawn: (...args: string[]) => spawnGt(args, options),
  }
}

const lock = ({rig}: World) => join(rig, '.runtime/witness.lock')

/** The events of a type about a worker, as the log tells them. */
function noted({town}: World, type: string, polecat?: string): unknown[] {
  const file = join(town, '.events.jsonl')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
  const events = lines.map((line) => JSON.parse(line))
  return events.filter((event) => event.type === type && (!polecat || event.payload.polecat === polecat))
}

test('As the witness: it finds four workers, treats each as it needs, and ends with its session', async () => {
  const {world, run} = fastTown()
  const [busy, stalled, crashed, done] = ['busy', 'stalled', 'crashed', 'done'].map((name) =>
    world.polecat(name),
  ) as [Polecat, Polecat, Polecat, Polecat]
  for (const polecat of [busy, stalled, crashed, done]) await polecat.start()
  await busy.tell('busy')
  const head = crashed.commit('half')
  crashed.write('dirty')
  const work = done.commit('work')
  done.push()
  expect(await run('witness', 'start', 'alpha', '--agent', 'patrol')).toMatchObject({code: 0, stderr: ''})
  expect(await run('witness', 'status', 'alpha')).toMatchObject({stdout: expect.stringContaining('running')})
  await until('all to have been seen', () => noted(world, 'polecat_checked').length >= 4)
  await crashed.kill()
  await done.kill()
  done.note({exit: 'COMPLETED', done_at: new Date().toISOString()})
  await until('the stalled one to be nudged', () => stalled.submitted().length > 0, 30_000)
  await until('the crashed one to run', () => crashed.runs(), 30_000)
  await until('the sandbox of the done one to be gone', () => !done.isThere(), 30_000)
  await until('that to be noted', () => noted(world, 'polecat_nuked', 'done').length > 0)
  expect([crashed.git('rev-parse', 'HEAD'), crashed.git('status', '--porcelain')]).toEqual([head, '?? dirty'])
  expect(world.git(world.origin, 'rev-parse', done.branch)).toBe(work)
  expect([busy.submitted(), await busy.runs()]).toEqual([[], true])
  expect(noted(world, 'polecat_restarted', 'crashed')).toHaveLength(1)
  const why = await run('witness', 'why', 'alpha', 'stalled', '--json')
  expect(JSON.parse(why.stdout)).toMatchObject({rig_name: 'alpha', polecats: [{name: 'stalled'}]})
  expect(await run('witness', 'stop', 'alpha')).toMatchObject({code: 0})
  expect([existsSync(lock(world)), await busy.runs(), await crashed.runs()]).toEqual([false, true, true])
  expect(noted(world, 'patrol_complete')).toHaveLength(1)
}, 120_000)

describe('gt witness patrol', () => {
  test('goes on, prints a line of JSON a cycle, and ends cleanly when it is asked to', async () => {
    const {world, spawn} = fastTown()
    const child = spawn('witness', 'patrol', 'alpha', '--interval', '100ms', '--json')
    const end = finished(child)
    const state = join(world.rig, '.runtime/witness.json')
    await until('three cycles', () => existsSync(state) && JSON.parse(readFileSync(state, 'utf8')).cycle > 2)
    child.kill('SIGTERM')
    const {code, stdout, stderr} = await end
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines[0]).toMatchObject({rig_name: 'alpha', cycle: 1, doubt: expect.any(String)})
    expect(lines.at(-1)).toMatchObject({outcome: 'ended', cycles: lines.length - 1})
    expect(existsSync(lock(world))).toBe(false)
  })

  test('two at once: one acts, the other says who does', async () => {
    const {world, spawn, run} = fastTown()
    const child = spawn('witness', 'patrol', 'alpha')
    const end = finished(child)
    await until('the first to patrol', () => existsSync(join(world.rig, '.runtime/witness.json')))
    const second = await run('witness', 'patrol', 'alpha', '--once')
    expect(second).toMatchObject({code: 1, stdout: ''})
    expect(second.stderr).toContain(`is being patrolled by another gt (pid ${child.pid})`)
    expect(await run('witness', 'start', 'alpha', '--agent', 'patrol', '--foreground')).toMatchObject({
      code: 1,
    })
    child.kill('SIGINT')
    expect(await end).toMatchObject({code: 0})
  })

  test('--dry-run says what it would do, and leaves no trace', async () => {
    const {world, run} = fastTown()
    const nux = world.polecat('nux', {spawned_at: new Date(0).toISOString()})
    await run('witness', 'patrol', 'alpha', '--once')
    const state = readFileSync(join(world.rig, '.runtime/witness.json'), 'utf8')
    const {code, stdout} = await run('witness', 'patrol', 'alpha', '--dry-run')
    expect([code, stdout]).toEqual([0, expect.stringContaining('nux (crashed): would restart')])
    expect(readFileSync(join(world.rig, '.runtime/witness.json'), 'utf8')).toBe(state)
    expect(await nux.runs()).toBe(false)
  })

  test('is killed while it restarts a worker: the next cycle goes on, and the worker runs once', async () => {
    const {world, run, spawn} = fastTown()
    const nux = world.polecat('nux', {spawned_at: new Date(0).toISOString()})
    await run('witness', 'patrol', 'alpha', '--once')
    const child = spawn('witness', 'patrol', 'alpha', '--once')
    const end = finished(child)
    await until('its agent to be started', () => nux.runs())
    child.kill('SIGKILL')
    await end
    expect(await run('witness', 'patrol', 'alpha', '--once')).toMatchObject({code: 0})
    expect([await nux.runs(), noted(world, 'polecat_restarted')]).toEqual([true, []])
  })
})

test('pause, resume, config, why and log: what they say', async () => {
  const {world, run} = fastTown()
  expect(await run('witness', 'why', 'alpha')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not been patrolled'),
  })
  world.polecat('nux', {spawned_at: new Date(0).toISOString()})
  await run('witness', 'pause', 'alpha', '--reason', 'moving house')
  await run('witness', 'patrol', 'alpha', '--once')
  expect((await run('witness', 'patrol', 'alpha', '--once')).stdout).toContain('1 skipped')
  expect((await run('witness', 'why', 'alpha', 'nux')).stdout).toContain('moving house')
  expect(await run('witness', 'why', 'alpha', 'toast')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nux'),
  })
  expect((await run('witness', 'resume', 'alpha')).stdout).toBe('Patrol of alpha resumed\n')
  expect((await run('witness', 'resume', 'alpha', '--json')).stdout).toContain('not_paused')
  const {thresholds} = JSON.parse((await run('witness', 'config', 'alpha', '--json')).stdout)
  expect(thresholds).toMatchObject({
    quiet: {value: 3000, origin: join(world.town, 'settings/config.json')},
    spawn_grace: {value: 300_000, origin: 'default'},
  })
  const {stdout} = await run('witness', 'log', 'alpha', '-n', '1', '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'polecat_checked',
    payload: {polecat: 'nux', verdict: 'skipped'},
  })
})
