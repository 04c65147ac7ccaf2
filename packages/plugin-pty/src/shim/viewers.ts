import type {Socket} from 'node:net'
import type {TerminalView} from '@gtown/sdk'
import {type Size, sendLine, type ViewerMessage} from '../protocol.js'
import {Painter} from './painter.js'

/** Milliseconds between two frames, so that output in many pieces is painted at once. */
const FRAME_MS = 15

interface Terminal {
  /** The current screen and modes. */
  current(): {view: TerminalView; modes: ReadonlySet<number>}
  resize(size: Size): void
  write(text: string): void
}

interface Viewer {
  size: Size
  painter: Painter
}

/** The terminals that show the session. The session's size is the largest that fits into all of them. */
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

  /** Handles a viewer's message: keys, or the new size of its terminal. */
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

  /** Schedules a repaint. */
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
    const {view, modes} = this.#terminal.current()
    for (const [socket, {painter}] of this.#viewers) {
      // A slow viewer skips frames until it has read the last one.
      if (!socket.writableNeedDrain) sendLine(socket, painter.paint(view, modes))
    }
  }
}

function checked({columns, rows}: Size): Size {
  const fits = [columns, rows].every((count) => Number.isInteger(count) && count > 0 && count <= 1000)
  if (!fits) throw new Error('a terminal has 1 to 1000 columns and rows')
  return {columns, rows}
}
