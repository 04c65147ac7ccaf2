const PREFIX = '\x02'

/** Finds the detach key in what a user types: Ctrl-B, then D. Ctrl-B twice is one Ctrl-B for the program. */
export class DetachKey {
  #prefixed = false

  /** @returns what is for the program, and whether the user wants to leave */
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
