import type {Session, SessionBackend} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import type {Services} from '../../../src/supervisor/services.js'
import {status} from '../../../src/supervisor/status.js'
import {alphaRef, aSession} from '../../support/refs.js'

/** Services on a backend that knows this one session. */
function servicesWith(
  session: Session | undefined,
  processState: Services['processState'] = () => 'running',
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
    endStrays: async () => 0,
    runsUnder: async () => false,
    runAgainOutside: () => Promise.reject(new Error('not here')),
  }
  return {warnings, backend, look: () => status(services, witness, alphaRef())}
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
