/** The host refuses a plugin, and a plugin a host, of another major version of these contracts. */
export const API_VERSION = 1

/** What a plugin offers says which version it was made for, whichever copy of this package it has. */
export interface Versioned {
  /** Set by `defineSessionBackend`, `defineRigResolver` and `defineRole`. */
  readonly apiVersion?: number
}
