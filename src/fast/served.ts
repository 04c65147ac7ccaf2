/** What gt runs with and plugins may use. */
export interface Served {
  /** By the name that a plugin imports it by, such as `@gtown/sdk/commands`. */
  modules: Record<string, () => unknown>
  /** The versions of the packages that they are of. */
  versions: Record<string, string>
}
