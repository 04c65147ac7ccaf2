// The patrol is killed at every call of another program: the cycles after that bring everything to its end, once.
import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {expect, test} from 'vitest'
import {workerFile} from '../../src/patrol/collect/worker-file.js'
import {makeWorld, type Polecat, type World} from '../integration/patrol/support/world.js'
import {type CliResult, gt} from '../support/cli.js'
import {killingProgram} from '../support/substitute-program.js'

const FAST = {
  done_after: '1ms',
  exit_grace: '1ms',
  backoff_first: '1ms',
  backoff_longest: '1ms',
  crash_loop_crashes: 99,
}

function fastWorld(): World {
  const world = makeWorld()
  const env = {AGENT_LOG: join(world.box.dir, 'log/restarted'), AGENT_LOOK: 'claude'}
  const command = join(world.box.dir, 'agent/careful-agent.js')
  const careful = {command, args: [], kind: 'claude', prompt_mode: 'none', env}
  mkdirSync(join(world.town, 'settings'))
  const settings = {version: 1, default_agent: 'careful', agents: {careful}, patrol: FAST}
  writeFileSync(join(world.town, 'settings/config.json'), JSON.stringify(settings))
  return world
}

async function cycle({town, box}: World, programs?: string): Promise<CliResult> {
  const path = programs ? [programs, box.env.PATH].join(delimiter) : (box.env.PATH ?? '')
  return await gt(['witness', 'patrol', 'alpha', '--once'], {cwd: town, env: {...box.env, PATH: path}})
}

/** How many calls of a program a cycle makes that is not killed. */
async function callsOf(program: string, prepare: () => [World, Polecat]): Promise<number> {
  const [world] = prepare()
  await cycle(world)
  const {folder, calls} = killingProgram(world.box, program, 0)
  await cycle(world, folder)
  return calls()
}

interface Range {
  from: number
  to: number
}

/** Kills a cycle at one call after the other, each in a world of its own. */
async function atEveryCall(
  program: string,
  {from, to}: Range,
  prepare: () => [World, Polecat],
  check: (world: World, nux: Polecat) => Promise<void>,
): Promise<void> {
  for (let call = from; call <= to; call++) {
    const [world, nux] = prepare()
    await cycle(world)
    const {folder} = killingProgram(world.box, program, call)
    expect(await cycle(world, folder)).toMatchObject({code: null})
    await check(world, nux)
  }
}

test('Killed at every call of git from the last look of the gate on: nothing is lost, and the sandbox goes in the end', async () => {
  const finished = (): [World, Polecat] => {
    const world = fastWorld()
    const times = {spawned_at: new Date(0).toISOString(), done_at: new Date(1000).toISOString()}
    const nux = world.polecat('nux', {exit: 'COMPLETED', ...times})
    nux.commit('work')
    nux.push()
    return [world, nux]
  }
  const calls = await callsOf('git', finished)
  await atEveryCall('git', {from: calls - 10, to: calls}, finished, async (world, nux) => {
    const head = world.git(world.origin, 'rev-parse', nux.branch)
    if (nux.isThere()) expect(nux.git('rev-parse', 'HEAD')).toBe(head)
    await cycle(world)
    await cycle(world)
    expect([nux.isThere(), existsSync(workerFile(world.rig, 'nux'))]).toEqual([false, false])
    const kept = world.git(
      join(world.rig, '.repo.git'),
      'for-each-ref',
      '--format=%(objectname)',
      'refs/gt-archive',
    )
    expect(kept).toBe(head)
  })
}, 300_000)

test('Killed at every call of tmux while it restarts a worker: it runs in the end, in its sandbox as it was', async () => {
  const crashed = (): [World, Polecat] => {
    const world = fastWorld()
    const nux = world.polecat('nux', {spawned_at: new Date(0).toISOString()})
    nux.commit('work')
    nux.write('dirty')
    return [world, nux]
  }
  await atEveryCall('tmux', {from: 1, to: 8}, crashed, async (world, nux) => {
    const before = nux.git('log', '--format=%s')
    await cycle(world)
    await cycle(world)
    expect(await nux.runs()).toBe(true)
    expect([nux.git('log', '--format=%s'), nux.git('status', '--porcelain')]).toEqual([before, '?? dirty'])
    expect(world.box.tmux('list-sessions', '-F', '#{session_name}')).toBe(`${nux.session}\n`)
  })
}, 300_000)
