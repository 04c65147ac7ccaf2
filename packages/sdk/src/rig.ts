import type {AgentSettings} from './agent.js'
import {API_VERSION, type Versioned} from './api-version.js'

/** A workspace that holds rigs. */
export interface Town {
  /** Absolute path as the user named it; symbolic links are not resolved. */
  root: string
  /** The same directory with symbolic links resolved: the town's identity. */
  realRoot: string
  /** What the town's settings say about agents, the most specific file first. Rejects naming the file and place of a fault. */
  agentSettings(): Promise<AgentSettings[]>
}

/** A project in a town. What a command may not need is read only when it is asked for. */
export interface Rig {
  name: string
  /** Absolute path, inside the town. */
  path: string
  town: Town
  /** The names of the rig's workers, in byte order. */
  workers(): Promise<string[]>
  /** What the settings of the rig and its town say about agents, the most specific file first. Rejects naming the file and place of a fault. */
  agentSettings(): Promise<AgentSettings[]>
}

/** Where the user stands. */
export interface Place {
  /** Absolute path of the current directory as the user sees it; undefined when it was deleted. */
  cwd: string | undefined
  /** Why `cwd` is undefined. */
  cwdError?: string
  env: Readonly<Record<string, string | undefined>>
}

export interface RigQuery {
  /** The rig's name; undefined to infer it from the place. */
  name: string | undefined
  place: Place
}

/** What a plugin returns from the hook `gt:rigs`, in an array. */
export interface RigResolver extends Versioned {
  name: string
  /** The resolver with the highest number is asked first. Gas Town workspaces: 100. */
  priority: number
  /**
   * Finds the rig. Rejects with `NOT_IN_WORKSPACE` when the place is none of this resolver's, so that the next
   * one is asked; with `RIG_NOT_FOUND` when it is but has no such rig; and with a sentence that names the file
   * when the workspace cannot be read or trusted.
   */
  resolve(query: RigQuery): Promise<Rig>
  /** All rigs of the place's town, by name. One whose directory is missing is there, too. Rejects as `resolve` does. */
  rigs(place: Place): Promise<Rig[]>
  /** Finds the town of the place. Rejects as `resolve` does. */
  town(place: Place): Promise<Town>
}

/** Checks the resolver's type, and says which version of the contracts it was made for. */
export function defineRigResolver(resolver: RigResolver): RigResolver {
  return {apiVersion: API_VERSION, ...resolver}
}
