import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {RoleDefinition, SessionBackend} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import {createSession, type NewSession, runningSession} from '../../../src/supervisor/create-session.js'
import {sessionSpec} from '../../../src/supervisor/session-spec.js'
import {aSession} from '../../support/refs.js'
import {fault} from '../typing/support/fake-agent.js'
import {NAME, type PaperTown, paperTown} from './support/paper-town.js'

function create({services, agent, paper}: PaperTown, more: Partial<NewSession> = {}) {
  const preset = {command: 'cat', args: [], processNames: [], promptMode: 'arg', env: {}} as const
  const spec = sessionSpec(agent, {
    chosen: {name: 'mine', preset, program: '/bin/cat'},
    showsKnownScreens: false,
    isRequested: false,
    cwd: '/',
    env: {},
    acceptDialogs: false,
    incarnation: 'new',
  })
  const backend = paper as unknown as SessionBackend
  return createSession(services, agent, {backend, spec, ...more})
}

/** The same town, whose witness has a role that guards its directory so. */
function guarded(town: PaperTown, guardWorkDir: NonNullable<RoleDefinition['guardWorkDir']>): PaperTown {
  return {...town, agent: agentOf({...witness, guardWorkDir}, town.ref)}
}

describe('nothing runs', () => {
  test('the session is made, and recorded as one that should run', async () => {
    const town = paperTown()
    expect(await create(town, {requested: 'mine'})).toMatchObject({
      outcome: 'created',
      session: {incarnation: 'new'},
      before: {},
    })
    expect(town.record()).toMatchObject({
      backend: 'paper',
      incarnation: 'new',
      pid: 4711,
      desired: 'running',
      agent: 'mine',
    })
  })

  test('its backend is recorded before the session is made', async () => {
    const town = paperTown()
    const seen: unknown[] = []
    town.paper.before = (step) => void (step === 'start' && seen.push(town.record()))
    await create(town)
    expect(seen).toEqual([{backend: 'paper'}])
  })

  test('two at once, on two backends: one is made, and it alone is left', async () => {
    const town = paperTown()
    const stone = town.stone as unknown as SessionBackend
    const made = await Promise.all([create(town), create(town, {backend: stone})])
    expect(made.map(({outcome}) => outcome).sort()).toEqual(['already_running', 'created'])
    expect(town.paper.sessions.size + town.stone.sessions.size).toBe(1)
  })

  test("made and recorded while its role's guard holds the directory, and not at all where it does not", async () => {
    const town = paperTown()
    const seen: unknown[] = []
    const guardWorkDir = async <T>(_: unknown, workDir: string, create: () => Promise<T>) => {
      seen.push(workDir, town.paper.sessions.size)
      const made = await create()
      seen.push(town.record()?.incarnation)
      return made
    }
    await create(guarded(town, guardWorkDir))
    expect(seen).toEqual(['/', 0, 'new'])

    const other = paperTown()
    const gone = async () => Promise.reject(fault('SANDBOX_GONE'))
    const refused = create(guarded(other, gone))
    await expect(refused).rejects.toMatchObject({code: 'SANDBOX_GONE'})
    expect(other.paper.sessions.size).toBe(0)
  })

  test('a start that fails for another reason is told', async () => {
    const town = paperTown()
    town.paper.before = (step) => {
      if (step === 'start') throw fault('NO_ROOM')
    }
    await expect(create(town)).rejects.toMatchObject({code: 'NO_ROOM'})
  })
})

describe('something is there', () => {
  test('one that runs is kept', async () => {
    const town = paperTown()
    const session = town.paper.has()
    expect(await create(town)).toEqual({outcome: 'already_running', session})
    expect(town.log).toEqual([])
  })

  test.each([
    ['its agent has ended', {liveness: 'dead'} as const],
    ['its stop has begun', {stopping: true}],
    ['its stop has begun, and what lives of it is not known', {stopping: true, liveness: 'unknown'} as const],
  ])('%s: it is ended first, and it alone', async (_, more) => {
    const town = paperTown()
    town.paper.has(more)
    expect(await create(town)).toMatchObject({outcome: 'created', session: {incarnation: 'new'}})
    expect(town.log).toEqual(['stop one on paper in 5000 ms', 'start on paper'])
  })

  test('how its agent ended is kept before that', async () => {
    const town = paperTown()
    town.paper.has({liveness: 'dead'})
    let isKept = false
    town.paper.before = (step) => {
      if (step === 'stop') isKept = existsSync(join(town.ref.rig.path, '.runtime/post-mortem'))
    }
    await create(town)
    expect(isKept).toBe(true)
  })

  test('whether it lives is not known: nothing is ended, and nothing made', async () => {
    const town = paperTown()
    town.paper.has({liveness: 'unknown'})
    await expect(create(town)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
    expect(town.log).toEqual([])
  })

  test("a stranger's: nothing is ended, however dead it is", async () => {
    const town = paperTown()
    town.paper.has({labels: {town: '/another'}, liveness: 'dead'})
    await expect(create(town)).rejects.toMatchObject({code: 'SESSION_FOREIGN'})
    expect(town.log).toEqual([])
  })

  test('it comes and goes whenever it is looked for: given up, and told', async () => {
    const town = paperTown()
    town.paper.before = (step) => {
      if (step === 'start') town.paper.has()
      else town.paper.sessions.clear()
    }
    await expect(create(town)).rejects.toMatchObject({
      code: 'SESSION_EXISTS',
      message: expect.stringContaining('again and again'),
    })
  })

  test('interrupted between two tries: told', async () => {
    const town = paperTown()
    town.paper.has()
    await expect(create(town, {signal: AbortSignal.abort(fault('INTERRUPTED'))})).rejects.toMatchObject({
      code: 'INTERRUPTED',
    })
  })
})

describe('another backend is recorded', () => {
  test('it runs there: kept, and none is made here', async () => {
    const town = paperTown()
    town.keep({backend: 'stone'})
    const session = town.stone.has()
    expect(await create(town)).toEqual({outcome: 'already_running', session})
    expect(town.log).toEqual([])
  })

  test('it has ended there: ended there first, then made here, and what was desired is known', async () => {
    const town = paperTown()
    town.keep({backend: 'stone', desired: 'running', agent: 'old'})
    town.stone.has({liveness: 'dead'})
    expect(await create(town)).toMatchObject({outcome: 'created', before: {desired: 'running', agent: 'old'}})
    expect(town.log).toEqual(['stop one on stone in 5000 ms', 'start on paper'])
    expect(town.record()).toMatchObject({backend: 'paper', incarnation: 'new'})
  })

  test('there is no asking it, and another start moves it here meanwhile: none is made', async () => {
    const town = paperTown()
    town.keep({backend: 'stone'})
    town.services.backendNamed = async () => {
      town.keep({backend: 'paper'})
      throw fault('BACKEND_UNAVAILABLE')
    }
    await expect(create(town)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
    expect(town.log).toEqual([])
  })

  test('there is no asking it: none is made here', async () => {
    const town = paperTown()
    town.keep({backend: 'wood'})
    await expect(create(town)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
    expect(town.log).toEqual([])
  })
})

describe('a session that was made and is not to be', () => {
  test('stopped on purpose meanwhile: ended at once', async () => {
    const town = paperTown()
    town.keep({backend: 'paper'})
    await expect(create(town, {ifDesired: true})).rejects.toMatchObject({code: 'NOT_DESIRED'})
    expect(town.log).toEqual(['start on paper', 'stop new on paper in 0 ms'])
  })

  test('another start has won on another backend: ended at once, and the other one found', async () => {
    const town = paperTown()
    town.paper.before = (step) => {
      if (step === 'start') town.keep({backend: 'stone', desired: 'running'})
    }
    const session = town.stone.has()
    expect(await create(town)).toEqual({outcome: 'already_running', session})
    expect(town.log).toEqual(['start on paper', 'stop new on paper in 0 ms'])
  })

  test('whether it may be cannot be told: ended at once', async () => {
    const town = paperTown()
    town.services.identify = async () => {
      throw fault('NO_ANSWER')
    }
    await expect(create(town)).rejects.toMatchObject({code: 'NO_ANSWER'})
    expect(town.log).toEqual(['start on paper', 'stop new on paper in 0 ms'])
  })
})

describe('nothing can be recorded', () => {
  function readOnly() {
    const town = paperTown()
    writeFileSync(join(town.root, '.runtime'), '')
    return town
  }

  test('on the first backend, where it will be looked for: made, with a warning', async () => {
    const town = readOnly()
    expect(await create(town)).toMatchObject({outcome: 'created', before: {}})
    expect(town.warnings).toEqual([expect.stringContaining('the session record cannot be written')])
  })

  test('on another, where nobody would find it: refused', async () => {
    const town = readOnly()
    await expect(create(town, {backend: town.stone as unknown as SessionBackend})).rejects.toMatchObject({
      code: 'UNWRITABLE',
      hint: expect.stringContaining('stone'),
    })
    expect(town.log).toEqual([])
  })
})

test.each([
  ['alive', {}, NAME],
  ['ended', {liveness: 'dead'} as const, undefined],
  ['being stopped', {stopping: true}, undefined],
])('the running session, where it is %s', async (_, more, name) => {
  const {services, agent, paper} = paperTown()
  paper.has(more)
  expect((await runningSession(services, agent))?.name).toBe(name)
  paper.has(aSession({liveness: 'unknown'}))
  await expect(runningSession(services, agent)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
})
