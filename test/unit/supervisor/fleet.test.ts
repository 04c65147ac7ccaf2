import {existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {RigRef, Session, SessionBackend} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import {fleetStatus} from '../../../src/supervisor/fleet.js'
import type {Services} from '../../../src/supervisor/services.js'
import {recordFile, type SessionRecord} from '../../../src/supervisor/session-record/read.js'
import {alphaRef, aSession} from '../../support/refs.js'
import {sandbox} from '../../support/sandbox.js'

const names = ['alpha', 'beta', 'gamma']

/** Rigs of a town on disk, where records can be kept. */
function rigs(): RigRef[] {
  const town = {...alphaRef().town, root: sandbox().dir}
  mkdirSync(join(town.root, '.runtime', 'sessions'), {recursive: true})
  return names.map((name) => ({town, rig: {...alphaRef().rig, name, path: join(town.root, name), town}}))
}

const record = (ref: RigRef, content: string | Partial<SessionRecord>) =>
  writeFileSync(
    recordFile(agentOf(witness, ref)),
    typeof content === 'string' ? content : JSON.stringify({version: 1, ...content}),
  )

function sessionOf({rig, town}: RigRef, more: Partial<Session> = {}): Session {
  const labels = {town: town.realRoot, rig: rig.name, role: 'witness'}
  return aSession({name: witness.sessionName({rig, town}), labels, ...more})
}

/** A backend that has these sessions, and what was asked of it. */
function backendOf(
  name: string,
  sessions: () => Session[],
  inspect = async (): Promise<Session | undefined> => undefined,
) {
  const asked: string[] = []
  const backend = {
    name,
    local: true,
    list: async () => {
      asked.push('list')
      return sessions()
    },
    inspect: async (session: string) => {
      asked.push(session)
      return inspect()
    },
  } as unknown as SessionBackend
  return {asked, backend}
}

function look(
  refs: RigRef[],
  backends: Record<string, () => Promise<SessionBackend>>,
  more: Partial<Services> = {},
) {
  const warnings: string[] = []
  const services = {
    firstBackend: () => backends.paper?.(),
    backendNamed: (name: string) => backends[name]?.(),
    env: {},
    warn: (message: string) => void warnings.push(message),
    processState: () => 'running',
    ...more,
  } as unknown as Services
  return {warnings, entries: fleetStatus(services, witness, refs)}
}

test('each backend makes its list once, under whichever name it is found, and is asked of its own sessions only', async () => {
  const refs = rigs()
  const [alpha, beta] = refs as [RigRef, RigRef]
  record(alpha, {backend: 'paper'})
  record(beta, {backend: 'stone'})
  const paper = backendOf('paper', () => [sessionOf(alpha), sessionOf(beta)])
  const stone = backendOf('stone', () => [])
  const {entries} = look(refs, {paper: async () => paper.backend, stone: async () => stone.backend})
  expect(await entries).toMatchObject([
    {ref: alpha, status: {liveness: 'alive', backend: 'paper'}},
    {ref: beta, status: {liveness: 'absent', backend: 'stone'}},
    {status: {liveness: 'absent', backend: 'paper'}},
  ])
  expect([paper.asked, stone.asked]).toEqual([['list'], ['list']])
})

test('the first backend makes its list before the second record is read', async () => {
  const refs = rigs()
  const order: string[] = []
  const paper = backendOf('paper', () => [])
  for (const ref of refs) record(ref, 'no JSON')
  paper.backend.list = async () => {
    order.push('list')
    return []
  }
  await look(refs, {paper: async () => paper.backend}, {warn: () => order.push('record')}).entries
  expect(order).toEqual(['record', 'list', 'record', 'record'])
})

test('a record that was cut in half is set aside and named, and the others are told', async () => {
  const refs = rigs()
  const [alpha, beta] = refs as [RigRef, RigRef]
  record(alpha, '{"version": 1, "back')
  record(beta, {backend: 'paper'})
  const paper = backendOf('paper', () => [sessionOf(alpha), sessionOf(beta)])
  const {entries, warnings} = look(refs, {paper: async () => paper.backend})
  expect(await entries).toMatchObject([
    {status: {liveness: 'alive'}},
    {status: {liveness: 'alive'}},
    {status: {liveness: 'absent'}},
  ])
  const file = recordFile(agentOf(witness, alpha))
  expect(warnings).toEqual([expect.stringContaining(`${file} cannot be used; it was set aside as`)])
  expect(existsSync(file)).toBe(false)
  expect(readdirSync(join(alpha.town.root, '.runtime', 'sessions'))).toHaveLength(2)
})

test('a backend that cannot be asked is tried once, and only what is recorded on it is unknown', async () => {
  const refs = rigs()
  const [alpha, beta, gamma] = refs as [RigRef, RigRef, RigRef]
  for (const ref of [alpha, beta]) record(ref, {backend: 'stone'})
  const paper = backendOf('paper', () => [sessionOf(gamma)])
  let tries = 0
  const failure = new Error('it hangs')
  const stone = async () => {
    tries++
    throw failure
  }
  const {entries} = look(refs, {paper: async () => paper.backend, stone})
  expect(await entries).toMatchObject([
    {ref: alpha, error: failure},
    {ref: beta, error: failure},
    {ref: gamma, status: {liveness: 'alive'}},
  ])
  expect(tries).toBe(1)
})

test('a list that fails before anybody waits for it: unknown', async () => {
  const refs = rigs()
  const later = () => new Promise<string[]>((resolve) => setImmediate(resolve, []))
  const slow = refs.map((ref) => ({...ref, rig: {...ref.rig, workers: later}}))
  const failure = new Error('no answer')
  const paper = backendOf('paper', () => {
    throw failure
  })
  const {entries} = look(slow, {paper: async () => paper.backend})
  expect(await entries).toMatchObject(slow.map((ref) => ({ref, error: failure})))
})

test('started after the list was made: asked again, and not said to have left its agent behind', async () => {
  const refs = rigs()
  const [alpha] = refs as [RigRef]
  record(alpha, {backend: 'paper', pid: 4711, pidStart: '1'})
  const paper = backendOf(
    'paper',
    () => [],
    async () => sessionOf(alpha),
  )
  const {entries} = look(refs, {paper: async () => paper.backend})
  expect(await entries).toMatchObject([{status: {liveness: 'alive'}}, {}, {}])
  expect(paper.asked).toEqual(['list', 'gt-alpha-witness'])
})

test.each([
  ['of another town', {labels: {town: '/another'}}],
  ['without labels, of nobody', {labels: {}}],
])("a stranger's session %s is not told as ours", async (_, more) => {
  const refs = rigs()
  const [alpha] = refs as [RigRef]
  const session = sessionOf(alpha, more)
  const paper = backendOf(
    'paper',
    () => [session],
    async () => session,
  )
  const {entries} = look(refs, {paper: async () => paper.backend})
  expect(await entries).toMatchObject([{ref: alpha, error: {code: 'SESSION_FOREIGN'}}, {}, {}])
})

test('whose a session without labels is, no list tells: it is asked for by itself', async () => {
  const refs = rigs()
  const [alpha] = refs as [RigRef]
  alpha.town.realRoot = realpathSync(alpha.town.root)
  const session = sessionOf(alpha, {labels: {}})
  const paper = backendOf(
    'paper',
    () => [session],
    async () => ({...session, environmentRoot: alpha.town.root}),
  )
  const {entries} = look(refs, {paper: async () => paper.backend})
  expect(await entries).toMatchObject([{ref: alpha, status: {liveness: 'alive'}}, {}, {}])
})

test('the agent that is recorded is looked for by number and start time', async () => {
  const refs = rigs()
  const [alpha] = refs as [RigRef]
  record(alpha, {backend: 'paper', pid: 4711, pidStart: 'then'})
  const paper = backendOf('paper', () => [])
  const reused: Services['processState'] = (_, start) => (start === undefined ? 'running' : 'ended')
  const asked: unknown[] = []
  const ask: Services['processState'] = (...process) => {
    asked.push(process)
    return reused(...process)
  }
  const {entries} = look(refs, {paper: async () => paper.backend}, {processState: ask})
  expect(await entries).toMatchObject([{status: {liveness: 'absent'}}, {}, {}])
  expect(asked).toEqual([
    [4711, 'then'],
    [4711, 'then'],
  ])
})

test('a process that ran while the list was made, and runs no more: no session is absent', async () => {
  const refs = rigs()
  const [alpha] = refs as [RigRef]
  record(alpha, {backend: 'paper', pid: 4711, pidStart: '1'})
  const states = ['running', 'ended'] as const
  let asked = 0
  const paper = backendOf('paper', () => [])
  const {entries} = look(refs, {paper: async () => paper.backend}, {processState: () => states[asked++]})
  expect(await entries).toMatchObject([{status: {liveness: 'absent'}}, {}, {}])
  expect(paper.asked).toEqual(['list'])
})
