import type {AgentSettings} from './agent.js'
import {API_VERSION, type Versioned} from './api-version.js'

/** A workspace that holds rigs. */
export interface Town {
  /** Absolute path as the user named it; symbolic links are not resolved. */
  root: string
  /** The same directory with symbolic links resolved: the town's identity. */
  realRoot: string
  /** The town's agent settings, the most specific file first. Rejects with the file and place of an error. */
  agentSettings(): Promise<AgentSettings[]>
}

/** A project in a town. Workers and settings are read only on request. */
export interface Rig {
  name: string
  /** Absolute path, inside the town. */
  path: string
  town: Town
  /** The names of the rig's workers, in byte order. */
  workers(): Promise<string[]>
  /**
   * The agent settings of the rig and its town, the most specific file first. Rejects with the file and place of an
   * error.
   */
  agentSettings(): Promise<AgentSettings[]>
}

/** The user's current directory and environment. */
export interface Place {
  /** Absolute path of the current directory as the user sees it; undefined if it was deleted. */
  cwd: string | undefined
  /** Why `cwd` is undefined. */
  cwdError?: string
  env: Readonly<Record<string, string | undefined>>
}

export interface RigQuery {
  /** The rig's name; undefined to infer the rig from the place. */
  name: string | undefined
  place: Place
}

/** What a plugin returns from the hook `gt:rigs`, in an array. */
export interface RigResolver extends Versioned {
  name: string
  /** The resolver with the highest number is asked first. Gas Town workspaces: 100. */
  priority: number
  /**
   * Finds the rig. Rejects with `NOT_IN_WORKSPACE` if the place does not belong to this resolver, and gt asks the
   * next one. Rejects with `RIG_NOT_FOUND` if the workspace has no such rig, and with a sentence that names the file
   * if the workspace cannot be read or trusted.
   */
  resolve(query: RigQuery): Promise<Rig>
  /**
   * All rigs of the place's town, sorted by name, including rigs whose directory is missing. Rejects as `resolve`
   * does.
   */
  rigs(place: Place): Promise<Rig[]>
  /** Finds the town of the place. Rejects as `resolve` does. */
  town(place: Place): Promise<Town>
}

/** Checks the resolver's type and adds the version of the contracts. */
export function defineRigResolver(resolver: RigResolver): RigResolver {
  return {apiVersion: API_VERSION, ...resolver}
}
