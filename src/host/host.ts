import {
  API_VERSION,
  GtError,
  type Host,
  type RigPatrol,
  type RigRef,
  type RoleDefinition,
  type RoleRef,
} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import type {BeadsReader} from '../beads/reader.js'
import {resolveRig, resolveTown} from '../registry/rigs.js'
import type {AddressBook} from '../supervisor/address.js'
import type {Services} from '../supervisor/services.js'
import {currentPlace} from './place.js'
import {createServices} from './services.js'

/** Composes what commands are given. Each part is loaded when it is first used: `status` needs neither start nor stop. */
export function createHost(config: Config): Host {
  const services = createServices(config)
  const book: AddressBook = {
    find: async (name) => {
      const rig = await resolveRig(config, {name, place: currentPlace()})
      return {rig, town: rig.town}
    },
    findTown: async () => ({town: await resolveTown(config, currentPlace())}),
    roles: async () => (await (await import('../registry/roles.js')).collectRoles(config)).entries,
  }
  const resolve = async (address: string) =>
    (await import('../supervisor/address.js')).resolveAddress(book, address)
  return {
    apiVersion: API_VERSION,
    place: currentPlace,
    ...book,
    rigs: async () => {
      const {listRigs} = await import('../registry/rigs.js')
      return (await listRigs(config, currentPlace())).map((rig) => ({rig, town: rig.town}))
    },
    start: async (...args) => (await import('../supervisor/start.js')).start(services, ...args),
    stop: async (...args) => (await import('../supervisor/stop.js')).stop(services, ...args),
    restart: async (...args) => (await import('../supervisor/restart.js')).restart(services, ...args),
    stopAddress: async (address, options) => {
      const [{role, ref}, {end}] = await Promise.all([resolve(address), import('../supervisor/stop.js')])
      // Of a role that is known by its address only, every value of the environment may be a secret.
      return end(services, {...role, env: () => ({})}, ref, options)
    },
    revive: async (...args) => (await import('../supervisor/revive.js')).revive(services, ...args),
    status: async (...args) => (await import('../supervisor/status.js')).status(services, ...args),
    fleetStatus: async (...args) => (await import('../supervisor/fleet.js')).fleetStatus(services, ...args),
    attach: (role, ref) => attach(services, role, ref),
    checkAttach: (...args) => checkAttach(services, ...args),
    peek: async (address, options) => {
      const [target, {peek}] = await Promise.all([resolve(address), import('../supervisor/peek.js')])
      return peek(services, target, options)
    },
    nudge: async (address, text, options) => {
      const [target, {nudge}] = await Promise.all([resolve(address), import('../nudge/nudge.js')])
      return nudge({...services, startDispatcher}, target, text, options)
    },
    nudgeReceipt: async (id) => {
      const [{town}, {findReceipt}] = await Promise.all([book.findTown(), import('../nudge/receipt.js')])
      return findReceipt(town, id, services.warn)
    },
    deliverNudges: async (address) => {
      const [target, {deliverWaiting}] = await Promise.all([resolve(address), import('../nudge/nudge.js')])
      return deliverWaiting(services, target)
    },
    removeSandbox: async (request) => (await import('./remove-sandbox.js')).removeSandbox(request),
    sessionsOf: async (ref) => (await import('../supervisor/sessions-of.js')).sessionsOf(services, ref),
    patrolOf,
    escalate: async (...args) => (await import('./escalate.js')).escalate(config, ...args),
    note: async (...args) => (await import('./note-event.js')).noteEvent(...args),
    style: async () => (await import('./style.js')).terminalStyle(process.stdout, process.env),
  }
}

let beads: BeadsReader | undefined

async function patrolOf({rig}: RigRef): Promise<RigPatrol> {
  const [{BeadsReader}, {runBd}, {readRigPatrol}] = await Promise.all([
    import('../beads/reader.js'),
    import('./run-bd.js'),
    import('../patrol/rig-patrol.js'),
  ])
  // Kept: it asks again only when something has changed.
  beads ??= new BeadsReader(runBd)
  return readRigPatrol(rig, await beads.read(rig))
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
async function startDispatcher(address: string): Promise<void> {
  const {startDispatcher: start} = await import('./start-dispatcher.js')
  await start(address)
}
