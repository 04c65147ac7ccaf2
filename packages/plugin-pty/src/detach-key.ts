const PREFIX = '\x02'

/** Finds the detach key (Ctrl-B, then D) in the user's input. Ctrl-B twice sends one Ctrl-B to the program. */
export class DetachKey {
  #prefixed = false

  /** @returns the input for the program, and whether the user detaches */
  take(text: string): {input: string; detach: boolean} {
    let input = ''
    for (const char of text) {
      if (!this.#prefixed) {
        this.#prefixed = char === PREFIX
        if (!this.#prefixed) input += char
        continue
      }
      this.#prefixed = false
      if (char === 'd' || char === 'D') return {input, detach: true}
      input += char === PREFIX ? PREFIX : PREFIX + char
    }
    return {input, detach: false}
  }
}
