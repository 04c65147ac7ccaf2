import {createConnection, type Socket} from 'node:net'
import {screenChanged, sessionLost} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import {unavailable} from './errors.js'
import {
  type Answers,
  type Ask,
  onLine,
  type Refusal,
  type Reply,
  type RequestTo,
  sendLine,
} from './protocol.js'

/** Nobody listens at the socket, or no longer. Whether the shim has ended is told by its stamp, not by this. */
export class NobodyListens extends Error {}

/** Where a shim is asked, and whose it is. */
export interface Address {
  socket: string
  name: string
  /** Milliseconds to wait for its answer. */
  timeoutMs: number
}

/**
 * Asks a shim one thing. Rejects with `NobodyListens`, with `SESSION_LOST` or `SCREEN_CHANGED` when it refuses, and
 * with `BACKEND_UNAVAILABLE` when it gives no answer.
 */
export async function ask<A extends Ask>(address: Address, request: RequestTo<A>): Promise<Answers[A]> {
  const {socket, answer} = await converse(address, request)
  socket.destroy()
  return answer
}

/**
 * As `ask`, and keeps the connection open.
 *
 * @param onMessage gets whatever the shim sends after its answer
 */
export function converse<A extends Ask>(
  {socket: path, name, timeoutMs}: Address,
  request: RequestTo<A>,
  onMessage: (message: unknown) => void = () => {},
): Promise<{socket: Socket; answer: Answers[A]}> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path)
    let answered = false
    const fail = (error: Error) => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const shim = `the process that keeps session '${name}'`
    const timer = setTimeout(
      () => fail(unavailable(`${shim} gave no answer within ${timeoutMs} ms`)),
      timeoutMs,
    )
    socket.on('error', (error) => fail(meaningOf(error, shim)))
    socket.on('close', () => fail(new NobodyListens(`${shim} broke off`)))
    socket.on('connect', () => sendLine(socket, request))
    onLine(socket, (line) => {
      const message: unknown = JSON.parse(line)
      if (answered) return onMessage(message)
      answered = true
      clearTimeout(timer)
      const reply = message as Reply<Answers[A]>
      if ('refusal' in reply) fail(meaningOfRefusal(name, reply))
      else resolve({socket, answer: reply.answer})
    })
  })
}

function meaningOf(error: Error, shim: string): Error {
  if (hasErrno(error, 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'))
    return new NobodyListens(error.message, {cause: error})
  return unavailable(`${shim} cannot be reached: ${error.message}`, {cause: error})
}

function meaningOfRefusal(name: string, {refusal, reason}: {refusal: Refusal; reason?: string}): Error {
  if (refusal === 'otherLife') return sessionLost(name)
  if (refusal === 'ended') return sessionLost(name, 'its agent has ended')
  if (refusal === 'screenChanged') return screenChanged(name)
  return unavailable(`the process that keeps session '${name}' failed: ${reason}`)
}
