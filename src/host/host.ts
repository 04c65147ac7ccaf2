import {API_VERSION, type Host} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {resolveRig, resolveTown} from '../registry/rigs.js'
import type {AddressBook} from '../supervisor/address.js'
import {hostNudges} from './nudges.js'
import {currentPlace} from './place.js'
import {createServices} from './services.js'
import {hostSessions} from './sessions.js'

/** Assembles the host for commands. Each part is loaded on first use. */
export function createHost(config: Config): Host {
  const services = createServices(config)
  const book = addressBook(config)
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
    style: async () => (await import('./style.js')).terminalStyle(process.stdout, process.env),
    sessions: hostSessions(services, resolve),
    nudges: hostNudges(services, {resolve, findTown: book.findTown}),
    patrol: {
      read: async (ref) => (await import('./read-patrol.js')).readPatrol(ref),
      escalate: async (...args) => (await import('./escalate.js')).escalate(config, ...args),
    },
    workers: {
      processesIn: async (directory) => (await import('@gtown/process')).processesIn(directory),
    },
    events: {
      append: async (...args) => (await import('./append-event.js')).appendEvent(...args),
    },
  }
}

function addressBook(config: Config): AddressBook {
  return {
    find: async (name) => {
      const rig = await resolveRig(config, {name, place: currentPlace()})
      return {rig, town: rig.town}
    },
    findTown: async () => ({town: await resolveTown(config, currentPlace())}),
    roles: async () => (await (await import('../registry/roles.js')).collectRoles(config)).entries,
  }
}
