import type {Socket} from 'node:net'
import {DetachKey} from './detach-key.js'
import {type Size, sendLine} from './protocol.js'
import {RESET_MODES} from './shim/private-modes.js'

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

const ALTERNATE_SCREEN = '\x1b[?1049h'
const RESTORE = `\x1b[0m${RESET_MODES}\x1b[?1049l`

/** How the showing of a session came to its end. */
export type Leaving = 'detached' | 'ended' | NodeJS.Signals

/** The terminal that gt runs in, while it shows a session: raw, on its other screen. */
export class UserTerminal {
  readonly #restore = () => this.restore()
  #open = false

  open(): void {
    this.#open = true
    process.once('exit', this.#restore)
    process.stdin.setRawMode(true)
    process.stdout.write(ALTERNATE_SCREEN)
  }

  get size(): Size {
    // A terminal that was never told its size says 0.
    return {columns: process.stdout.columns || 80, rows: process.stdout.rows || 24}
  }

  paint(text: string): void {
    process.stdout.write(text)
  }

  /** Passes on keys and changes of size, until the user detaches, a signal comes, or the shim closes. */
  async relay(socket: Socket): Promise<Leaving> {
    const keys = new DetachKey()
    return await new Promise((resolve) => {
      const leave = (how: Leaving) => {
        process.stdin.off('data', onKeys).pause()
        process.stdout.off('resize', onResize)
        for (const signal of SIGNALS) process.off(signal, leave)
        socket.destroy()
        resolve(how)
      }
      const onKeys = (text: string) => {
        const {input, detach} = keys.take(text)
        if (input !== '') sendLine(socket, {input})
        if (detach) leave('detached')
      }
      const onResize = () => sendLine(socket, {size: this.size})
      process.stdin.setEncoding('utf8').on('data', onKeys)
      process.stdout.on('resize', onResize)
      for (const signal of SIGNALS) process.on(signal, leave)
      socket.once('close', () => leave('ended'))
      // It may have changed before anybody listened.
      onResize()
    })
  }

  /** Leaves the terminal as it was found. */
  restore(): void {
    if (!this.#open) return
    this.#open = false
    process.off('exit', this.#restore)
    process.stdin.setRawMode(false)
    process.stdout.write(RESTORE)
  }
}
