import type {Socket} from 'node:net'
import type {TerminalView} from '@gtown/sdk'
import {type Size, sendLine, type ViewerMessage} from '../protocol.js'
import {Painter} from './painter.js'

/** Milliseconds between two looks: what a program draws in many pieces is painted at once. */
const FRAME_MS = 15

interface Terminal {
  /** What is shown now. */
  look(): {view: TerminalView; modes: ReadonlySet<number>}
  resize(size: Size): void
  write(text: string): void
}

interface Viewer {
  size: Size
  painter: Painter
}

/** The terminals that show the session. Its size is what fits into all of them. */
export class Viewers {
  readonly #terminal: Terminal
  readonly #viewers = new Map<Socket, Viewer>()
  #frame: NodeJS.Timeout | undefined

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  get count(): number {
    return this.#viewers.size
  }

  add(socket: Socket, size: Size): void {
    this.#viewers.set(socket, {size: checked(size), painter: new Painter()})
    socket.on('drain', () => this.changed())
    socket.on('close', () => {
      this.#viewers.delete(socket)
      this.#fit()
    })
    this.#fit()
  }

  /** What a viewer sent: keys, or the new size of its terminal. */
  take(socket: Socket, message: ViewerMessage): void {
    const viewer = this.#viewers.get(socket)
    if (!viewer) return
    if ('input' in message) {
      this.#terminal.write(String(message.input))
    } else {
      viewer.size = checked(message.size)
      this.#fit()
    }
  }

  has(socket: Socket): boolean {
    return this.#viewers.has(socket)
  }

  /** The screen is another: it is painted soon. */
  changed(): void {
    if (this.count > 0) this.#frame ??= setTimeout(() => this.#paint(), FRAME_MS)
  }

  #fit(): void {
    const sizes = [...this.#viewers.values()].map(({size}) => size)
    if (sizes.length === 0) return
    this.#terminal.resize({
      columns: Math.min(...sizes.map(({columns}) => columns)),
      rows: Math.min(...sizes.map(({rows}) => rows)),
    })
    for (const {painter} of this.#viewers.values()) painter.reset()
    this.changed()
  }

  #paint(): void {
    this.#frame = undefined
    const {view, modes} = this.#terminal.look()
    for (const [socket, {painter}] of this.#viewers) {
      // A viewer that is slower than the program gets the next picture when it has taken this one.
      if (!socket.writableNeedDrain) sendLine(socket, painter.paint(view, modes))
    }
  }
}

function checked({columns, rows}: Size): Size {
  const fits = [columns, rows].every((count) => Number.isInteger(count) && count > 0 && count <= 1000)
  if (!fits) throw new Error('a terminal has 1 to 1000 columns and rows')
  return {columns, rows}
}
