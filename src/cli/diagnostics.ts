import {strayMarkers} from '@gtown/process'
import {processState} from '@gtown/process/state'
import type {Host, Rig, Town} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {rigNames} from '../completion/town.js'
import type {Diagnostics} from '../doctor/diagnostics.js'
import {collectBackends, loadBackend} from '../registry/backends.js'
import {collectResolvers} from '../registry/rigs.js'
import {collectRoles} from '../registry/roles.js'
import {collectWorkSources} from '../registry/works.js'
import {pluginFacts} from './plugin-facts.js'

/** The facts that `gt doctor` checks. Asks each plugin once. */
export function diagnosticsOf(config: Config, host: Host): Diagnostics {
  let backends: ReturnType<typeof collectBackends> | undefined
  let roles: ReturnType<typeof roleNames> | undefined
  return {
    versions: {node: process.versions.node, gt: config.version, bun: process.versions.bun},
    place: host.place(),
    findTown: async (): Promise<Town> => (await host.findTown()).town,
    findRig: async (name): Promise<Rig> => (await host.find(name)).rig,
    registeredRigs: ({root}) => rigNames(root),
    backends: () => (backends ??= collectBackends(config)),
    loadBackend,
    roles: () => (roles ??= roleNames(config)),
    otherProblems: () => otherProblems(config),
    plugins: () => pluginFacts(config),
    strayMarkers,
    processState,
  }
}

async function roleNames(config: Config): Promise<{names: string[]; problems: string[]}> {
  const {entries, problems} = await collectRoles(config)
  return {names: entries.map(({name}) => name), problems}
}

async function otherProblems(config: Config): Promise<string[]> {
  const answers = await Promise.all([collectResolvers(config), collectWorkSources(config)])
  return answers.flatMap(({problems}) => problems)
}
