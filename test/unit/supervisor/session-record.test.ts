import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {readRecord, recordedSessions} from '../../../src/supervisor/session-record/read.js'
import {
  ensureRecord,
  forgetDesire,
  recordDesire,
  recordFailure,
  recordLife,
  recordReady,
} from '../../../src/supervisor/session-record/write.js'
import {aSession} from '../../support/refs.js'
import {paperTown} from './support/paper-town.js'

const life = {backend: 'paper', incarnation: 'one', pid: 4711}
const begun = {backend: 'paper', session: aSession()}

describe('a start that failed', () => {
  test.each([
    ['nothing was desired before', {}, {}],
    [
      'it should run before, as another agent',
      {desired: 'running', agent: 'old'} as const,
      {desired: 'running', agent: 'old'},
    ],
  ])('%s: that is so again', async (_, before, expected) => {
    const {services, agent, keep, record} = paperTown()
    keep({...life, desired: 'running', agent: 'new'})
    await recordFailure(services, agent, {session: aSession(), before})
    expect(record()).toEqual({...life, ...expected})
  })

  test('it was stopped on purpose meanwhile: that stays so', async () => {
    const {services, agent, keep, record} = paperTown()
    keep(life)
    await recordFailure(services, agent, {
      session: aSession(),
      before: {desired: 'running', agent: 'old'},
    })
    expect(record()).toEqual(life)
  })

  test('another life has begun meanwhile: what is desired of that stays so', async () => {
    const {services, agent, keep, record} = paperTown()
    const other = {...life, incarnation: 'two', desired: 'running'} as const
    keep(other)
    await recordFailure(services, agent, {session: aSession(), before: {}})
    expect(record()).toEqual(other)
  })
})

describe('what is noted', () => {
  test('a life that has begun: whose process it is, and that it should run as this agent', async () => {
    const {services, agent, keep, record, file} = paperTown()
    keep({backend: 'paper', incarnation: 'zero', pid: 1, readyAt: 5, desired: 'running', agent: 'old'})
    chmodSync(file, 0o644)
    expect(await recordLife(services, agent, {...begun, requested: 'mine'})).toEqual({
      outcome: 'recorded',
      before: {desired: 'running', agent: 'old'},
    })
    expect(record()).toEqual({...life, pidStart: 'start of 4711', desired: 'running', agent: 'mine'})
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('on another backend another start has won: nothing is changed', async () => {
    const {services, agent, keep, record} = paperTown()
    keep({backend: 'stone'})
    expect(await recordLife(services, agent, begun)).toEqual({outcome: 'elsewhere'})
    expect(record()).toEqual({backend: 'stone'})
  })

  test('stopped on purpose, and to be made only if it should run: nothing is changed', async () => {
    const {services, agent, keep, record} = paperTown()
    keep({backend: 'paper'})
    expect(await recordLife(services, agent, {...begun, ifDesired: true})).toEqual({outcome: 'not_desired'})
    expect(record()).toEqual({backend: 'paper'})
  })

  test('that an agent is ready: of its own life only', async () => {
    const {services, agent, keep, record} = paperTown()
    keep(life)
    await recordReady(services, agent, aSession({incarnation: 'zero'}))
    expect(record()).toEqual(life)
    await recordReady(services, agent, aSession())
    expect(record()).toEqual({...life, readyAt: expect.any(Number)})
  })

  test('that it should run, and that it should not: the agent is forgotten with it', async () => {
    const {services, agent, keep, record} = paperTown()
    keep(life)
    await recordDesire(services, agent)
    expect(record()).toEqual({...life, desired: 'running'})
    keep({...life, desired: 'running', agent: 'mine'})
    await recordDesire(services, agent)
    expect(record()).toEqual({...life, desired: 'running', agent: 'mine'})
    await forgetDesire(services, agent)
    expect(record()).toEqual(life)
  })

  test('what stays the same is not written again', async () => {
    const {services, agent, keep, file} = paperTown()
    keep({...life, desired: 'running'})
    const before = statSync(file).ino
    await recordDesire(services, agent)
    expect(statSync(file).ino).toBe(before)
  })

  test('what nobody foresaw is no mere warning', async () => {
    const {agent, keep, services} = paperTown()
    keep('half a file')
    services.warn = () => {
      services.warn = () => {}
      throw new TypeError('unforeseen')
    }
    await expect(recordReady(services, agent, aSession())).rejects.toThrow('unforeseen')
  })

  test('two changes at once: neither is lost', async () => {
    const {services, agent, keep, record} = paperTown()
    keep({...life, desired: 'running'})
    await Promise.all([recordReady(services, agent, aSession()), forgetDesire(services, agent)])
    expect(record()).toEqual({...life, readyAt: expect.any(Number)})
  })

  test('nothing of a session that has no record, and no folder is made for it', async () => {
    const {services, agent, root} = paperTown()
    await forgetDesire(services, agent)
    await recordReady(services, agent, aSession())
    expect(existsSync(join(root, '.runtime'))).toBe(false)
  })

  test('many at once agree on one backend, in a file for its owner only', async () => {
    const {services, agent, file} = paperTown()
    const many = Array.from({length: 30}, (_, number) => ensureRecord(services, agent, `backend-${number}`))
    const [first, ...others] = await Promise.all(many)
    expect(others).toEqual(others.map(() => first))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(file))).toHaveLength(1)
  })

  test('through a link in the place of the folder nothing is written', async () => {
    const {services, agent, root} = paperTown()
    const elsewhere = join(root, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, join(root, '.runtime'))
    await expect(ensureRecord(services, agent, 'paper')).rejects.toMatchObject({code: 'UNWRITABLE'})
    expect(readdirSync(elsewhere)).toEqual([])
  })
})

describe('what is read', () => {
  const read = (content: Parameters<ReturnType<typeof paperTown>['keep']>[0]) => {
    const town = paperTown()
    town.keep(content)
    return {...town, found: readRecord(town.services, town.agent)}
  }

  test.each([
    ['half a file', '{"version": 1, "back'],
    ['null', 'null'],
    ['another layout', '{"version": 2, "backend": "paper"}'],
    ['no backend', '{"version": 1}'],
  ])('%s: set aside and named', (_, text) => {
    const {found, warnings, file} = read(text)
    expect(found).toBeUndefined()
    expect(warnings).toEqual([
      expect.stringContaining(`${file} cannot be used; it was set aside as ${file}.unusable-`),
    ])
    expect(existsSync(file)).toBe(false)
    expect(readdirSync(dirname(file))).toEqual([expect.stringContaining('.unusable-')])
  })

  test('one that cannot be renamed is named, ignored, and does no harm', () => {
    const {services, agent, warnings, root} = paperTown()
    // Set aside, its name would be longer than a file name can be.
    const sessionName = 'x'.repeat(240)
    const file = join(root, '.runtime/sessions', `${sessionName}.json`)
    mkdirSync(dirname(file), {recursive: true})
    writeFileSync(file, 'half a file')
    expect(readRecord(services, {...agent, sessionName})).toBeUndefined()
    expect(warnings).toEqual([`${file} cannot be used and is ignored`])
    expect(readFileSync(file, 'utf8')).toBe('half a file')
  })

  test('what is none of its words is left out', () => {
    const odd = {
      backend: 'paper',
      incarnation: 1,
      pid: 1.5,
      pidStart: 2,
      readyAt: 'x',
      desired: 'yes',
      agent: 3,
    }
    expect(read(odd as never).found).toEqual({backend: 'paper'})
    expect(read({backend: 'paper', desired: 'running', agent: 3} as never).found).toEqual({
      backend: 'paper',
      desired: 'running',
    })
    expect(read({backend: 'paper', agent: 'mine'}).found).toEqual({backend: 'paper'})
  })

  test('a link is not followed, and what cannot be read is not taken for nothing', () => {
    const {services, agent, root, file} = read({backend: 'paper'})
    const elsewhere = join(root, 'elsewhere.json')
    writeFileSync(elsewhere, readFileSync(file, 'utf8'))
    rmSync(file)
    symlinkSync(elsewhere, file)
    expect(() => readRecord(services, agent)).toThrow(expect.objectContaining({code: 'UNREADABLE'}))
  })

  test('which sessions have a record: a folder that cannot be read is not taken for an empty one', () => {
    const {ref, root, keep} = paperTown()
    expect([...recordedSessions(ref.town)]).toEqual([])
    keep({backend: 'paper'})
    writeFileSync(join(root, '.runtime/sessions/notes.txt'), '')
    expect([...recordedSessions(ref.town)]).toEqual(['gt-alpha-witness'])
    rmSync(join(root, '.runtime'), {recursive: true})
    symlinkSync(join(root, '.runtime'), join(root, '.runtime'))
    expect(() => recordedSessions(ref.town)).toThrow(expect.objectContaining({code: 'UNREADABLE'}))
  })
})
