import type {RigRef} from '@gtown/sdk'
import type {Services} from './services.js'

/** What `putAway`, `restore` and `purge` need. */
export function removalContext({host, git}: Services, {rig}: RigRef) {
  const processesIn = (directory: string) => host.workers.processesIn(directory)
  return {git, rig, callerDirectory: host.place().cwd ?? '/', processesIn}
}
