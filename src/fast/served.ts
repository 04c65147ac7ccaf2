/** The modules that gt shares with plugins. */
export interface Served {
  /** By import specifier, such as `@gtown/sdk/commands`. */
  modules: Record<string, () => unknown>
  /** The versions of their packages. */
  versions: Record<string, string>
}
