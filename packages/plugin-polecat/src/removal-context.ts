import type {RigRef} from '@gtown/sdk'
import type {Services} from './services.js'

/** The arguments that `putAway`, `restore` and `purge` share. */
export function removalContext({host, git}: Services, {rig}: RigRef) {
  const processesIn = (directory: string) => host.workers.processesIn(directory)
  return {git, rig, callerDirectory: host.place().cwd ?? '/', processesIn}
}
