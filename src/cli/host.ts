import {
  API_VERSION,
  GtError,
  type Host,
  type RoleDefinition,
  type RoleRef,
  type SessionBackend,
} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {loadBackend} from '../registry/backends.js'
import {resolveRig} from '../registry/rigs.js'
import type {Services} from '../supervisor/services.js'
import {currentPlace} from './place.js'

/** Composes what commands are given. Each part is loaded when it is first used: `status` needs neither start nor stop. */
export function createHost(config: Config): Host {
  let backend: Promise<SessionBackend> | undefined
  const services: Services = {
    backend() {
      backend ??= loadBackend(config)
      return backend
    },
    env: process.env,
    endStrays: async (...args) => (await import('./end-strays.js')).endStrays(...args),
    runsUnder: async (pid) => (await import('@gtown/process')).runsUnder(pid),
    runAgainOutside: async (...args) => (await import('./run-again-outside.js')).runAgainOutside(...args),
    warn: (message) => process.stderr.write(`warning: ${message}\n`),
  }
  return {
    apiVersion: API_VERSION,
    place: currentPlace,
    find: async (name) => ({rig: await resolveRig(config, {name, place: currentPlace()})}),
    start: async (...args) => (await import('../supervisor/start.js')).start(services, ...args),
    stop: async (...args) => (await import('../supervisor/stop.js')).stop(services, ...args),
    restart: async (...args) => (await import('../supervisor/restart.js')).restart(services, ...args),
    status: async (...args) => (await import('../supervisor/status.js')).status(services, ...args),
    attach: (role, ref) => attach(services, role, ref),
    checkAttach: async () => checkAttach(await services.backend()),
    sessionsOf: async (ref) => (await import('../supervisor/sessions-of.js')).sessionsOf(services, ref),
    style: async () => (await import('./style.js')).terminalStyle(process.stdout, process.env),
  }
}

async function attach(services: Services, role: RoleDefinition, ref: RoleRef): Promise<void> {
  const backend = await services.backend()
  const {ownSession} = await import('../supervisor/ownership.js')
  const session = await ownSession(backend, role, ref)
  if (!session) {
    throw new GtError(`session '${role.sessionName(ref)}' ended before it could be attached`, {
      code: 'SESSION_LOST',
    })
  }
  await backend.attach?.(session)
}

async function checkAttach(backend: SessionBackend): Promise<void> {
  if (!backend.attach) {
    throw new GtError(`sessions on ${backend.name} cannot be attached`, {code: 'NOT_SUPPORTED'})
  }
  await backend.checkAttach?.()
}
