import type {Refusal} from '../protocol.js'

/** A valid request that the shim refuses. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal)
    this.refusal = refusal
  }
}
