import type {Socket} from 'node:net'
import type {Key, Session, TerminalView} from '@gtown/sdk'

interface OfOneLife {
  incarnation: string
}

/** Parameters of each request. A request is one line of JSON. */
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

/** A viewer's message after the answer to `attach`. */
export type ViewerMessage = {input: string} | {size: Size}

export interface Size {
  columns: number
  rows: number
}

/** The answer to each request. */
export interface Answers {
  inspect: Session
  capture: string[]
  view: TerminalView
  environment: Record<string, string>
  /** What to end: the first process unless it has ended, and the session's marker. */
  stop: {roots: number[]; marker?: string}
  end: null
  type: null
  press: null
  /** Followed by output for the viewer's terminal, one JSON string a line. */
  attach: null
  run: null
}

export type Ask = keyof Answers

export type Reply<T> = {answer: T} | {refusal: Refusal; reason?: string}

/** Why a shim refused: the request is for another life, the agent has ended, the screen has changed, or it failed. */
export const REFUSALS = ['otherLife', 'ended', 'screenChanged', 'failed'] as const
export type Refusal = (typeof REFUSALS)[number]

/** More characters than any typed text has. A peer that sends more is not gt. */
const MAX_LINE = 64 * 2 ** 20

/** Calls the listener with each line. A peer whose line is too long is disconnected. */
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

/** Sends one message; false when the peer reads too slowly. */
export function sendLine(socket: Socket, message: unknown): boolean {
  return socket.write(`${JSON.stringify(message)}\n`)
}
