import {join} from 'node:path'
import {agentNames, directoryNames, findTown, rigNames, rigOfDirectory} from './town.js'
import type {CompletionTree, ValueSource} from './tree.js'

/** Where the user stands. */
export interface CompletionPlace {
  /** Absolute path; undefined where the directory was deleted. */
  cwd: string | undefined
  env: Readonly<Record<string, string | undefined>>
}

/**
 * The values that fit an argument or a flag, and others: the caller keeps those that begin as what was typed does.
 *
 * @param typed what the user has typed of it
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

/** One part of an address at a time: rigs first, and who is in a rig once that is typed. */
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
