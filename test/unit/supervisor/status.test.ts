import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Session, SessionBackend} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import type {Services} from '../../../src/supervisor/services.js'
import {recordFile, type SessionRecord} from '../../../src/supervisor/session-record/read.js'
import {status} from '../../../src/supervisor/status.js'
import {alphaRef, aSession} from '../../support/refs.js'
import {sandbox} from '../../support/sandbox.js'

/** Services on a backend that knows this one session. */
function servicesWith(
  session: Session | undefined,
  processState: Services['processState'] = () => 'running',
  record?: Partial<SessionRecord>,
) {
  const warnings: string[] = []
  const backend = {name: 'paper', local: true, inspect: async () => session} as unknown as SessionBackend & {
    local: boolean
  }
  const services = {
    firstBackend: async () => backend,
    backendNamed: async () => backend,
    usableBackends: async () => [backend],
    env: {},
    warn: (message: string) => void warnings.push(message),
    processState,
    identify: async () => undefined,
    sessionProcesses: async () => new Set<number>(),
    endStrays: async () => 0,
    runsUnder: async () => false,
    runAgainOutside: () => Promise.reject(new Error('not here')),
  }
  const ref = alphaRef()
  if (record) {
    const root = sandbox().dir
    Object.assign(ref, {town: {...ref.town, root}})
    mkdirSync(join(root, '.runtime/sessions'), {recursive: true})
    writeFileSync(
      recordFile(agentOf(witness, ref)),
      JSON.stringify({version: 1, backend: 'paper', ...record}),
    )
  }
  return {warnings, backend, look: () => status(services, agentOf(witness, ref))}
}

test('no session: absent', async () => {
  const {look} = servicesWith(undefined)
  expect(await look()).toEqual({
    sessionName: 'gt-alpha-witness',
    backend: 'paper',
    workers: [],
    liveness: 'absent',
    evidence: {session: {value: 'absent', source: 'paper', at: expect.any(Number)}},
  })
})

test('alive: the session itself is the evidence', async () => {
  const session = aSession()
  expect(await servicesWith(session).look()).toMatchObject({liveness: 'alive', session})
})

test('the process is frozen: alive, and said to be frozen', async () => {
  const seen = await servicesWith(aSession(), () => 'stopped').look()
  expect(seen).toMatchObject({liveness: 'alive', evidence: {process: {value: 'stopped', source: 'system'}}})
  expect(seen.reason).toContain('frozen')
})

test('its stop has begun: that is said', async () => {
  const seen = await servicesWith(aSession({stopping: true})).look()
  expect(seen).toMatchObject({liveness: 'alive', reason: expect.stringContaining('its stop has begun')})
})

test.each([
  ['ready', {incarnation: 'one', readyAt: 7}, {value: 'ready', source: 'start', at: 7}],
  ['not ready yet', {incarnation: 'one'}, {value: 'starting', source: 'start', at: 0}],
  ['of another life', {incarnation: 'zero', readyAt: 7}, undefined],
])('what the start saw: %s', async (_, record, readiness) => {
  const {evidence} = await servicesWith(aSession(), undefined, {...record, desired: 'running'}).look()
  expect(evidence.readiness).toEqual(readiness)
})

test.each([
  ['running', 'outlived'],
  ['stopped', 'outlived'],
  ['ended', 'absent'],
  [undefined, 'absent'],
] as const)('no session, and its recorded process is %s: %s', async (state, liveness) => {
  const asked: unknown[] = []
  const ask: Services['processState'] = (...process) => {
    asked.push(process)
    return state
  }
  const seen = await servicesWith(undefined, ask, {pid: 4711, pidStart: 'then'}).look()
  expect(seen.liveness).toBe(liveness)
  expect(asked).toEqual([[4711, 'then']])
})

test('no session, and only the number of its process is recorded: absent, since it may be of another', async () => {
  expect((await servicesWith(undefined, undefined, {pid: 4711}).look()).liveness).toBe('absent')
})

test('the number of a process that has ended is not looked up', async () => {
  const ask = () => {
    throw new Error('it was looked up')
  }
  const seen = await servicesWith(aSession({liveness: 'dead'}), ask).look()
  expect(seen.evidence.process).toMatchObject({value: 'ended', source: 'paper'})
})

test('the process has ended, and its backend has not noticed: dead', async () => {
  expect(await servicesWith(aSession(), () => 'ended').look()).toMatchObject({
    liveness: 'dead',
    evidence: {terminal: {value: 'open'}, process: {value: 'ended', source: 'system'}},
  })
})

test('the backend runs elsewhere: its pids are not looked up here', async () => {
  const {look, backend} = servicesWith(aSession(), () => 'ended')
  backend.local = false
  expect(await look()).toMatchObject({liveness: 'alive'})
})

test('the backend cannot tell whether the agent lives: an error, neither running nor stopped', async () => {
  await expect(servicesWith(aSession({liveness: 'unknown'})).look()).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
    liveness: 'unknown',
    message: expect.stringContaining('gt-alpha-witness'),
  })
})

test('dead, in a rig that nothing can be written to: a warning, and the same answer', async () => {
  const {warnings, look} = servicesWith(aSession({liveness: 'dead', exit: {signal: 'SIGTERM'}}))
  const seen = await look()
  expect(seen).toMatchObject({liveness: 'dead', reason: 'its agent was ended by SIGTERM'})
  expect(seen).not.toHaveProperty('postMortem')
  expect(warnings).toHaveLength(1)
})
