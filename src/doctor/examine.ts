import {checkAgents} from './agents.js'
import {checkBackends} from './backends.js'
import {type Check, guarded} from './check.js'
import {diagnoseBackends} from './diagnoses.js'
import type {Diagnostics} from './diagnostics.js'
import {checkPlugins, checkRoles, checkVersions} from './installation.js'
import {checkLeftovers} from './leftovers.js'
import {checkRigs, checkTown} from './workspace.js'

/** Checks everything that sessions need. Changes nothing. A check that fails does not stop the others. */
export async function examine(diagnostics: Diagnostics): Promise<Check[]> {
  const {town, checks} = await checkTown(diagnostics)
  const diagnoses = diagnoseBackends(diagnostics)
  const results = await Promise.all([
    guarded('versions', () => checkVersions(diagnostics)),
    checks,
    guarded('rigs', async () => (town ? await checkRigs(diagnostics, town) : [])),
    guarded('plugin', () => checkPlugins(diagnostics)),
    guarded('backend', async () => (await diagnoses).requirements),
    guarded('backend', () => checkBackends(diagnostics, town)),
    guarded('roles', () => checkRoles(diagnostics)),
    guarded('agent', () => checkAgents(diagnostics, town)),
    guarded('backend', async () => (await diagnoses).runtime),
    guarded('leftovers', async () => (town ? await checkLeftovers(diagnostics, town) : [])),
  ])
  return results.flat()
}
