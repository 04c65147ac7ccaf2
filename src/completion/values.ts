import {join} from 'node:path'
import {agentNames, directoryNames, findTown, rigNames, rigOfDirectory} from './town.js'
import type {CompletionTree, ValueSource} from './tree.js'

/** The user's directory and environment. */
export interface CompletionPlace {
  /** Absolute path; undefined when the directory was deleted. */
  cwd: string | undefined
  env: Readonly<Record<string, string | undefined>>
}

/**
 * Possible values of an argument or a flag. The caller filters them by the typed prefix.
 *
 * @param typed the typed part of the value
 */
export function valuesOf(
  {kind, options}: ValueSource,
  typed: string,
  names: CompletionTree['names'],
  {cwd, env}: CompletionPlace,
): readonly string[] {
  if (options) return options
  if (kind === 'backend') return names.backends
  if (kind === 'role') return [...names.rigRoles, ...names.townRoles]
  if (kind === undefined || kind === 'file' || kind === 'directory') return []
  const town = findTown(cwd, env)
  const rig = town === undefined ? undefined : rigOfDirectory(town, cwd)
  if (kind === 'agent') return agents(names.agents, town, rig)
  if (town === undefined) return []
  return kind === 'rig' ? rigNames(town) : addresses(town, rig, typed, names)
}

function agents(presets: readonly string[], town: string | undefined, rig: string | undefined): string[] {
  const directories = town === undefined ? [] : [town, ...(rig === undefined ? [] : [join(town, rig)])]
  return [...presets, ...directories.flatMap(agentNames)]
}

/** One part of an address at a time: rigs first, then the roles and workers of the typed rig. */
function addresses(
  town: string,
  here: string | undefined,
  typed: string,
  {townRoles, rigRoles}: CompletionTree['names'],
): string[] {
  const rigs = rigNames(town)
  const [rig = '', ...rest] = typed.split('/')
  if (rest.length === 0) {
    const short = here !== undefined && rigs.includes(here) ? rigRoles : []
    return [...rigs.map((name) => `${name}/`), ...townRoles, ...short]
  }
  if (!rigs.includes(rig)) return []
  const crew = directoryNames(join(town, rig, 'crew'))
  if (rest.length > 1) return rest[0] === 'crew' ? crew.map((name) => `${rig}/crew/${name}`) : []
  const workers = directoryNames(join(town, rig, 'polecats'))
  return [...rigRoles, ...workers, ...(crew.length > 0 ? ['crew/'] : [])].map((name) => `${rig}/${name}`)
}
