import {processState} from '@gtown/process/state'
import {API_VERSION, GtError, type Host, type RoleDefinition, type RoleRef} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {openBackends} from '../registry/backends.js'
import {resolveRig, resolveTown} from '../registry/rigs.js'
import type {AddressBook} from '../supervisor/address.js'
import type {Services} from '../supervisor/services.js'
import {currentPlace} from './place.js'

/** Composes what commands are given. Each part is loaded when it is first used: `status` needs neither start nor stop. */
export function createHost(config: Config): Host {
  const backends = openBackends(config)
  const services: Services = {
    firstBackend: backends.first,
    backendNamed: backends.named,
    usableBackends: backends.usable,
    env: process.env,
    processState,
    identify: async (pid) => (await import('@gtown/process')).identify(pid),
    endStrays: async (...args) => (await import('./end-strays.js')).endStrays(...args),
    runsUnder: async (pid) => (await import('@gtown/process')).runsUnder(pid),
    runAgainOutside: async (...args) => (await import('./run-again-outside.js')).runAgainOutside(...args),
    warn: (message) => process.stderr.write(`warning: ${message}\n`),
  }
  const book: AddressBook = {
    find: async (name) => {
      const rig = await resolveRig(config, {name, place: currentPlace()})
      return {rig, town: rig.town}
    },
    findTown: async () => ({town: await resolveTown(config, currentPlace())}),
  }
  const resolve = async (address: string) =>
    (await import('../supervisor/address.js')).resolveAddress(book, address)
  return {
    apiVersion: API_VERSION,
    place: currentPlace,
    ...book,
    start: async (...args) => (await import('../supervisor/start.js')).start(services, ...args),
    stop: async (...args) => (await import('../supervisor/stop.js')).stop(services, ...args),
    restart: async (...args) => (await import('../supervisor/restart.js')).restart(services, ...args),
    status: async (...args) => (await import('../supervisor/status.js')).status(services, ...args),
    attach: (role, ref) => attach(services, role, ref),
    checkAttach: (...args) => checkAttach(services, ...args),
    peek: async (address, options) => {
      const [target, {peek}] = await Promise.all([resolve(address), import('../supervisor/peek.js')])
      return peek(services, target, options)
    },
    nudge: async (address, text, options) => {
      const [target, {nudge}] = await Promise.all([resolve(address), import('../nudge/nudge.js')])
      return nudge({...services, startCourier}, target, text, options)
    },
    nudgeReceipt: async (id) => {
      const [{town}, {findReceipt}] = await Promise.all([book.findTown(), import('../nudge/queue.js')])
      return findReceipt(town, id, services.warn)
    },
    deliverNudges: async (address) => {
      const [target, {deliverWaiting}] = await Promise.all([resolve(address), import('../nudge/nudge.js')])
      return deliverWaiting(services, target)
    },
    sessionsOf: async (ref) => (await import('../supervisor/sessions-of.js')).sessionsOf(services, ref),
    style: async () => (await import('./style.js')).terminalStyle(process.stdout, process.env),
  }
}

async function attach(services: Services, role: RoleDefinition, ref: RoleRef): Promise<void> {
  const [{backendOf}, {ownSession}] = await Promise.all([
    import('../supervisor/backend-of.js'),
    import('../supervisor/ownership.js'),
  ])
  const {backend} = await backendOf(services, role, ref)
  const session = await ownSession(backend, role, ref)
  if (!session) {
    throw new GtError(`session '${role.sessionName(ref)}' ended before it could be attached`, {
      code: 'SESSION_LOST',
    })
  }
  await backend.attach?.(session)
}

async function checkAttach(
  services: Services,
  role: RoleDefinition,
  ref: RoleRef,
  requested?: string,
): Promise<void> {
  const {backendOf, chooseBackend} = await import('../supervisor/backend-of.js')
  const {backend, record} = await backendOf(services, role, ref)
  const used = record ? backend : await chooseBackend(services, ref, requested)
  if (!used.attach) {
    throw new GtError(`sessions on ${used.name} cannot be attached`, {code: 'NOT_SUPPORTED'})
  }
  await used.checkAttach?.()
}

/** A process of its own, in no session and on no terminal, so that it ends with neither. */
async function startCourier(address: string): Promise<void> {
  const {startCourier: start} = await import('./start-courier.js')
  await start(address)
}
