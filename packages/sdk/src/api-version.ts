/** Major version of these contracts. The host rejects plugins of another one, and plugins reject such a host. */
export const API_VERSION = 1

/** States which version of the contracts an offer of a plugin was made for, whichever copy of this package it has. */
export interface Versioned {
  /** Set by `defineSessionBackend`, `defineRigResolver` and `defineRole`. */
  readonly apiVersion?: number
}
