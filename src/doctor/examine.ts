import {checkAgents} from './agents.js'
import {checkBackends} from './backends.js'
import {type Check, guarded} from './check.js'
import {checkPlugins, checkRoles, checkTmux, checkVersions} from './installation.js'
import {checkLeftovers} from './leftovers.js'
import {checkSockets} from './sockets.js'
import type {Surroundings} from './surroundings.js'
import {checkRigs, checkTown} from './workspace.js'

/** Looks at everything that sessions need, and changes nothing. No check takes another one down. */
export async function examine(surroundings: Surroundings): Promise<Check[]> {
  const {town, checks} = await checkTown(surroundings)
  const results = await Promise.all([
    guarded('versions', () => checkVersions(surroundings)),
    checks,
    guarded('rigs', async () => (town ? await checkRigs(surroundings, town) : [])),
    guarded('plugin', () => checkPlugins(surroundings)),
    guarded('tmux', () => checkTmux(surroundings)),
    guarded('backend', () => checkBackends(surroundings, town)),
    guarded('roles', () => checkRoles(surroundings)),
    guarded('agent', () => checkAgents(surroundings, town)),
    guarded('socket', () => checkSockets(surroundings)),
    guarded('leftovers', async () => (town ? await checkLeftovers(surroundings, town) : [])),
  ])
  return results.flat()
}
