import type {BackendRegistration, Place, Rig, Town} from '@gtown/sdk'

export interface PluginFact {
  name: string
  version: string
  /** `core`: comes with gt. `user`: installed. `link`: a folder of the user's. */
  type: string
}

/** What the doctor is given by its host. Nothing here changes anything. */
export interface Diagnostics {
  /** `bun` is that of the standalone executable, which needs no Node. */
  versions: {node: string; gt: string; bun?: string | undefined}
  place: Place
  findTown(): Promise<Town>
  /** Rejects as `RigResolver.resolve` does. */
  findRig(name: string): Promise<Rig>
  /** The names in the town's registry. */
  registeredRigs(town: Town): readonly string[]
  /** The backends that plugins offer, the first to be chosen first, and what is wrong with which plugin's answer. */
  backends(): Promise<{entries: readonly BackendRegistration[]; problems: readonly string[]}>
  /** Rejects with an error that names the plugin. */
  loadBackend(registration: BackendRegistration): Promise<unknown>
  /** The names of the roles that gt and its plugins offer, and what is wrong with which plugin's answer. */
  roles(): Promise<{names: readonly string[]; problems: readonly string[]}>
  /** What is wrong with plugins that offer to find rigs, or work. */
  otherProblems(): Promise<readonly string[]>
  /** A reason is what follows the name in a sentence. */
  plugins(): Promise<{working: readonly PluginFact[]; broken: readonly {name: string; reason: string}[]}>
  /** The markers with this prefix whose processes have lost their backend. */
  strayMarkers(prefix: string): Promise<readonly string[]>
  /** See `Services.processState`. */
  processState(pid: number, start?: string): 'running' | 'stopped' | 'ended' | undefined
}
