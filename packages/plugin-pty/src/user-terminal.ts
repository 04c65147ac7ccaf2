import type {Socket} from 'node:net'
import {DetachKey} from './detach-key.js'
import {type Size, sendLine} from './protocol.js'
import {RESET_MODES} from './shim/private-modes.js'

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

const ALTERNATE_SCREEN = '\x1b[?1049h'
const RESTORE = `\x1b[0m${RESET_MODES}\x1b[?1049l`

/** How an attach ended. */
export type AttachEnd = 'detached' | 'ended' | NodeJS.Signals

/** The user's terminal while it shows a session: in raw mode, on its alternate screen. */
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
    // A terminal whose size was never set reports 0.
    return {columns: process.stdout.columns || 80, rows: process.stdout.rows || 24}
  }

  paint(text: string): void {
    process.stdout.write(text)
  }

  /** Relays keys and size changes until the user detaches, a signal arrives, or the shim closes the connection. */
  async relay(socket: Socket): Promise<AttachEnd> {
    const keys = new DetachKey()
    return await new Promise((resolve) => {
      const leave = (how: AttachEnd) => {
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
      // The size may have changed before the listener was added.
      onResize()
    })
  }

  /** Restores the terminal. */
  restore(): void {
    if (!this.#open) return
    this.#open = false
    process.off('exit', this.#restore)
    process.stdin.setRawMode(false)
    process.stdout.write(RESTORE)
  }
}
