import type {BackendRegistration, Place, Rig, Town} from '@gtown/sdk'

export interface PluginFact {
  name: string
  version: string
  /** `core`: comes with gt. `user`: installed by the user. `link`: linked from a folder. */
  type: string
}

/** What the host provides to the doctor. Nothing here changes anything. */
export interface Diagnostics {
  /** `bun` is set in the standalone executable, which needs no Node. */
  versions: {node: string; gt: string; bun?: string | undefined}
  place: Place
  findTown(): Promise<Town>
  /** Rejects as `RigResolver.resolve` does. */
  findRig(name: string): Promise<Rig>
  /** The names in the town's registry. */
  registeredRigs(town: Town): readonly string[]
  /** The backends that plugins offer, by priority, and the problems with plugins' answers. */
  backends(): Promise<{entries: readonly BackendRegistration[]; problems: readonly string[]}>
  /** Rejects with an error that names the plugin. */
  loadBackend(registration: BackendRegistration): Promise<unknown>
  /** The names of the roles that gt and its plugins offer, and the problems with plugins' answers. */
  roles(): Promise<{names: readonly string[]; problems: readonly string[]}>
  /** Problems with plugins that find rigs or work. */
  otherProblems(): Promise<readonly string[]>
  /** `reason` is a clause that follows the plugin's name. */
  plugins(): Promise<{working: readonly PluginFact[]; broken: readonly {name: string; reason: string}[]}>
  /** The markers with this prefix whose processes survived their backend. */
  strayMarkers(prefix: string): Promise<readonly string[]>
  /** See `Services.processState`. */
  processState(pid: number, start?: string): 'running' | 'stopped' | 'ended' | undefined
}
