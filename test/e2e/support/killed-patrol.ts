// A patrol that is killed at a call of another program: what a test needs for each call.
import {mkdirSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {expect} from 'vitest'
import {makeWorld, type Polecat, type World} from '../../integration/patrol/support/world.js'
import {type CliResult, gt} from '../../support/cli.js'
import {killingProgram} from '../../support/substitute-program.js'

const FAST = {
  done_after: '1ms',
  exit_grace: '1ms',
  backoff_first: '1ms',
  backoff_longest: '1ms',
  crash_loop_crashes: 99,
}

export function fastWorld(): World {
  const world = makeWorld()
  const env = {AGENT_LOG: join(world.box.dir, 'log/restarted'), AGENT_LOOK: 'claude'}
  const command = join(world.box.dir, 'agent/careful-agent.js')
  const careful = {command, args: [], kind: 'claude', prompt_mode: 'none', env}
  mkdirSync(join(world.town, 'settings'))
  const settings = {version: 1, default_agent: 'careful', agents: {careful}, patrol: FAST}
  writeFileSync(join(world.town, 'settings/config.json'), JSON.stringify(settings))
  return world
}

export async function cycle({town, box}: World, programs?: string): Promise<CliResult> {
  const path = programs ? [programs, box.env.PATH].join(delimiter) : (box.env.PATH ?? '')
  return await gt(['witness', 'patrol', 'alpha', '--once'], {cwd: town, env: {...box.env, PATH: path}})
}

/** How many calls of a program a cycle makes that is not killed. */
export async function callsOf(program: string, prepare: () => [World, Polecat]): Promise<number> {
  const [world] = prepare()
  await cycle(world)
  const {folder, calls} = killingProgram(world.box, program, 0)
  await cycle(world, folder)
  return calls()
}

interface Range {
  from: number
  to: number
  /** 1 when absent. */
  step?: number
}

/** Kills a cycle at one call after the other, each in a world of its own. */
export async function atEveryCall(
  program: string,
  {from, to, step = 1}: Range,
  prepare: () => [World, Polecat],
  check: (world: World, nux: Polecat) => Promise<void>,
): Promise<void> {
  for (let call = from; call <= to; call += step) {
    const [world, nux] = prepare()
    await cycle(world)
    const {folder} = killingProgram(world.box, program, call)
    expect(await cycle(world, folder)).toMatchObject({code: null})
    await check(world, nux)
  }
}
