import type {Refusal} from '../protocol.js'

/** A request that was understood and is not done. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal)
    this.refusal = refusal
  }
}
