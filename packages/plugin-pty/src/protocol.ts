import type {Socket} from 'node:net'
import type {Key, Session, TerminalView} from '@gtown/sdk'

interface OfOneLife {
  incarnation: string
}

/** What a shim is told with each thing that it is asked, in one JSON text a line. */
interface Details {
  inspect: unknown
  capture: OfOneLife
  view: OfOneLife
  environment: OfOneLife
  stop: OfOneLife
  end: OfOneLife
  type: OfOneLife & {text: string; seen?: TerminalView}
  press: OfOneLife & {key: Key; seen?: TerminalView}
  attach: OfOneLife & {size: Size}
  run: {command: [string, ...string[]]; cwd: string; env: Record<string, string>}
}

export type RequestTo<A extends Ask> = {ask: A} & Details[A]

export type Request = {[A in Ask]: RequestTo<A>}[Ask]

/** What a viewer sends after `attach` was answered. */
export type ViewerMessage = {input: string} | {size: Size}

export interface Size {
  columns: number
  rows: number
}

/** What the answer to each request holds. */
export interface Answers {
  inspect: Session
  capture: string[]
  view: TerminalView
  environment: Record<string, string>
  /** What has to be ended: the first process unless it has ended already, and the marker of the session. */
  stop: {roots: number[]; marker?: string}
  end: null
  type: null
  press: null
  /** After it come lines of text for the viewer's terminal, each a JSON string. */
  attach: null
  run: null
}

export type Ask = keyof Answers

export type Reply<T> = {answer: T} | {refusal: Refusal; reason?: string}

/** Why a shim did not do what it was asked: another life, an agent that has ended, another screen, a fault. */
export type Refusal = 'otherLife' | 'ended' | 'screenChanged' | 'failed'

/** Longer than any text that is typed; whoever sends more is not one of us. */
const MAX_LINE = 64 * 2 ** 20

/** Calls back with each line that comes. A peer that sends a line without end is cut off. */
export function onLine(socket: Socket, listener: (line: string) => void): void {
  let rest: string[] = []
  let length = 0
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const [first = '', ...others] = chunk.split('\n')
    rest.push(first)
    length += first.length
    if (length > MAX_LINE) socket.destroy()
    for (const next of others) {
      const line = rest.join('')
      rest = [next]
      length = next.length
      listener(line)
    }
  })
}

/** Sends one message; false when the peer is slower than what it is sent. */
export function sendLine(socket: Socket, message: unknown): boolean {
  return socket.write(`${JSON.stringify(message)}\n`)
}
