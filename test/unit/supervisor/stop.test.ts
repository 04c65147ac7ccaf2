import {existsSync, mkdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import type {ReviveOptions, StartOptions} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import {restart} from '../../../src/supervisor/restart.js'
import {revive} from '../../../src/supervisor/revive.js'
import {forgetDesire} from '../../../src/supervisor/session-record/write.js'
import {end, stop} from '../../../src/supervisor/stop.js'
import {fault} from '../typing/support/fake-agent.js'
import {type PaperTown, paperTown} from './support/paper-town.js'

const running = {backend: 'paper', desired: 'running'} as const
const strays = 'end strays of /real/town/gt-alpha-witness/'
const hasPostMortem = ({ref}: PaperTown) => existsSync(join(ref.rig.path, '.runtime/post-mortem'))

/** A town with a witness that runs and should. */
function aTown(...args: Parameters<PaperTown['paper']['has']>) {
  const town = paperTown()
  town.keep(running)
  town.paper.has(...args)
  return town
}

describe('stop', () => {
  const run = ({services, ref}: PaperTown, options = {}) => stop(services, agentOf(witness, ref), options)

  test('that it should run is forgotten before anything is ended', async () => {
    const town = aTown()
    const seen: unknown[] = []
    town.paper.before = () => void seen.push(town.record()?.desired)
    expect(await run(town)).toMatchObject({outcome: 'stopped'})
    expect(seen).toEqual([undefined, undefined])
    expect(town.log).toEqual(['stop one on paper in 5000 ms'])
  })

  test('ended without a word on whether it should run', async () => {
    const town = aTown()
    expect(await end(town.services, town.agent, {graceMs: 7})).toMatchObject({outcome: 'stopped'})
    expect(town.log).toEqual(['stop one on paper in 7 ms'])
    expect(town.record()).toEqual(running)
  })

  test.each([
    [0, 'not_running'],
    [2, 'stopped'],
  ])('no session: its %i strays are ended', async (count, outcome) => {
    const town = paperTown()
    town.services.endStrays = async (prefix) => {
      town.log.push(`end strays of ${prefix}`)
      return count
    }
    expect(await run(town)).toEqual({outcome, sessionName: 'gt-alpha-witness'})
    expect(town.log).toEqual([strays])
  })

  test('its agent has ended: that is kept before the session goes, and it was not running', async () => {
    const town = aTown({liveness: 'dead'})
    let isKept = false
    town.paper.before = (step) => {
      if (step === 'stop') isKept = hasPostMortem(town)
    }
    expect(await run(town)).toMatchObject({outcome: 'not_running'})
    expect(isKept).toBe(true)
  })

  test('it ends by itself meanwhile: it was not running', async () => {
    const town = aTown()
    town.paper.before = (step) => {
      if (step === 'stop') town.paper.sessions.clear()
    }
    expect(await run(town)).toMatchObject({outcome: 'not_running'})
  })

  test.each<[string, (town: PaperTown) => void]>([
    ['by its marker', ({services}) => (services.env = {GT_SESSION_ID: '/real/town/gt-alpha-witness/one'})],
    ['by its process', ({services}) => (services.runsUnder = async (pid) => pid === 4711)],
  ])('from inside of it, as is seen %s: run again outside, and nothing is ended', async (_, arrange) => {
    const town = aTown()
    arrange(town)
    await expect(run(town)).rejects.toMatchObject({code: 'OUTSIDE'})
    expect(town.log).toEqual(['run again outside'])
  })

  test('from inside of an earlier life of it: ended from here', async () => {
    const town = aTown()
    town.services.env = {GT_SESSION_ID: '/real/town/gt-alpha-witness/zero'}
    expect(await run(town)).toMatchObject({outcome: 'stopped'})
  })

  test.each([
    ["a stranger's", {labels: {town: '/another'}}],
    ['one that nobody started by gt', {labels: {}}],
  ])('%s is left alone', async (_, more) => {
    const town = aTown(more)
    await expect(run(town)).rejects.toMatchObject({code: 'SESSION_FOREIGN'})
    expect(town.log).toEqual([])
  })

  test('the recorded backend is asked, and no other', async () => {
    const town = aTown()
    town.keep({backend: 'stone'})
    expect(await run(town)).toMatchObject({outcome: 'not_running'})
    expect(town.paper.sessions.size).toBe(1)
    town.keep({backend: 'wood'})
    await expect(run(town)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  })
})

describe('restart', () => {
  const run = ({services, ref}: PaperTown, more: Partial<StartOptions> = {}) =>
    restart(services, agentOf(witness, ref), {timeoutMs: 5000, ...more})

  test('ended, then started; that it should run was never forgotten', async () => {
    const town = aTown()
    const seen: unknown[] = []
    town.paper.before = (step) => void (step === 'stop' && seen.push(town.record()?.desired))
    expect(await run(town)).toMatchObject({outcome: 'restarted', wasRunning: true})
    expect(town.log).toEqual(['stop one on paper in 5000 ms', strays, 'start on paper'])
    expect(seen).toEqual(['running'])
    town.paper.sessions.clear()
    expect(await run(town)).toMatchObject({wasRunning: false})
  })

  test('what can fail before does so before anything is ended', async () => {
    const town = aTown()
    await expect(run(town, {agent: 'nobody'})).rejects.toMatchObject({code: 'AGENT_NOT_FOUND'})
    await expect(run(town, {backend: 'wood'})).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
    rmSync(town.ref.rig.path, {recursive: true})
    await expect(run(town)).rejects.toMatchObject({code: 'NO_WORK_DIR'})
    expect(town.log).toEqual([])
  })

  test('it cannot be ended: nothing is started, and the error says what failed', async () => {
    const town = aTown()
    town.paper.before = (step) => {
      if (step === 'stop') throw fault('SURVIVORS')
    }
    await expect(run(town)).rejects.toMatchObject({
      code: 'SURVIVORS',
      message: expect.stringMatching(/^stopping the running session: /),
    })
    expect(town.log).not.toContain('start on paper')
  })

  test('interrupted when it has ended: nothing is started', async () => {
    const town = aTown()
    const controller = new AbortController()
    town.paper.before = (step) => {
      if (step === 'stop') controller.abort(fault('INTERRUPTED'))
    }
    await expect(run(town, {signal: controller.signal})).rejects.toMatchObject({code: 'INTERRUPTED'})
    expect(town.log).toEqual(['stop one on paper in 5000 ms'])
  })

  test('another command starts it meanwhile: told, since it may run otherwise than asked', async () => {
    const town = aTown()
    town.services.endStrays = async () => {
      town.paper.has({incarnation: 'theirs'})
      return 0
    }
    await expect(run(town)).rejects.toMatchObject({
      code: 'SESSION_EXISTS',
      message: expect.stringContaining('another command'),
    })
    expect(town.paper.sessions.size).toBe(1)
  })
})

describe('revive', () => {
  const run = ({services, ref}: PaperTown, more: Partial<ReviveOptions> = {}) =>
    revive(services, agentOf(witness, ref), {timeoutMs: 5000, ...more})

  test.each([
    ['nothing is known of it', undefined],
    ['it was stopped on purpose', {backend: 'paper'}],
  ])('%s: nothing is done', async (_, record) => {
    const town = paperTown()
    if (record) town.keep(record)
    town.paper.has({liveness: 'dead'})
    expect(await run(town, {incarnation: 'one'})).toEqual({outcome: 'not_desired'})
    expect(town.log).toEqual([])
  })

  test('on the backend and as the agent that are recorded', async () => {
    const town = paperTown()
    town.keep({backend: 'stone', desired: 'running', agent: 'mine'})
    expect(await run(town)).toMatchObject({outcome: 'revived', agent: 'mine'})
    expect(town.log).toEqual([strays, 'start on stone'])
    town.stone.sessions.clear()
    town.keep({backend: 'stone', desired: 'running', agent: 'nobody'})
    await expect(run(town)).rejects.toMatchObject({code: 'AGENT_NOT_FOUND'})
  })

  test('it cannot be started: told, and it is tried again by whoever looks next', async () => {
    const town = paperTown()
    town.keep(running)
    town.paper.born = {liveness: 'dead', exit: {code: 3}}
    await expect(run(town)).rejects.toMatchObject({code: 'AGENT_EXITED'})
    expect(town.record()?.desired).toBe('running')
  })

  test('the life that is given is ended first, and its death kept', async () => {
    const town = aTown({liveness: 'dead'})
    expect(await run(town, {incarnation: 'one'})).toMatchObject({outcome: 'revived'})
    expect(town.log).toEqual(['stop one on paper in 5000 ms', strays, 'start on paper'])
    expect(hasPostMortem(town)).toBe(true)
  })

  test('a later life is left alone', async () => {
    const town = aTown({incarnation: 'two'})
    expect(await run(town, {incarnation: 'one'})).toMatchObject({outcome: 'already_running'})
    expect(town.log).toEqual([strays])
  })

  test('stopped on purpose while it starts: that wins', async () => {
    const town = paperTown()
    town.keep(running)
    town.paper.before = async (step) => {
      if (step === 'start') await forgetDesire(town.services, town.agent)
    }
    expect(await run(town)).toEqual({outcome: 'not_desired'})
    expect(town.paper.sessions.size).toBe(0)
    expect(town.record()?.desired).toBeUndefined()
  })

  test('stopped on purpose, and found running: that it should not run stays so', async () => {
    const town = aTown()
    town.services.endStrays = async () => {
      await forgetDesire(town.services, town.agent)
      return 0
    }
    expect(await run(town)).toMatchObject({outcome: 'already_running'})
    expect(town.record()?.desired).toBeUndefined()
  })

  test('what can fail before does so before the session is touched', async () => {
    const town = aTown()
    rmSync(town.ref.rig.path, {recursive: true})
    await expect(run(town, {incarnation: 'one'})).rejects.toMatchObject({code: 'NO_WORK_DIR'})
    expect(town.log).toEqual([])
    mkdirSync(town.ref.rig.path)
  })

  test('interrupted when the old life has ended: nothing is started', async () => {
    const town = aTown()
    const signal = AbortSignal.abort(fault('INTERRUPTED'))
    await expect(run(town, {incarnation: 'one', signal})).rejects.toMatchObject({code: 'INTERRUPTED'})
    expect(town.log).toEqual(['stop one on paper in 5000 ms'])
  })
})
