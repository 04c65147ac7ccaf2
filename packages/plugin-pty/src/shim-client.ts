import {createConnection, type Socket} from 'node:net'
import {screenChanged, sessionLost} from '@gtown/sdk'
import {hasErrno, parseJson} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {unavailable} from './errors.js'
import {type Answers, type Ask, onLine, REFUSALS, type Refusal, type RequestTo, sendLine} from './protocol.js'

/** The reason is any text, since a shim of another version may have reasons of its own. */
const replyFormat = v.union([
  v.objectOf({refusal: v.wordOr(REFUSALS, 'failed'), reason: v.exactOptional(v.text)}),
  v.objectOf({answer: v.unknown()}),
])

/** No process listens on the socket, or not any more. Only the shim's stamp proves that the shim has ended. */
export class NobodyListens extends Error {}

/** The address of a shim, and the name of its session. */
export interface Address {
  socket: string
  name: string
  /** Milliseconds to wait for its answer. */
  timeoutMs: number
}

/**
 * Sends a shim one request. Rejects with `NobodyListens`, with `SESSION_LOST` or `SCREEN_CHANGED` when it refuses, and
 * with `BACKEND_UNAVAILABLE` when it gives no answer.
 */
export async function askShim<A extends Ask>(address: Address, request: RequestTo<A>): Promise<Answers[A]> {
  const {socket, answer} = await converse(address, request)
  socket.destroy()
  return answer
}

/**
 * Like `askShim`, but keeps the connection open.
 *
 * @param onMessage receives each message that the shim sends after its answer
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
    const shim = `the process that holds session '${name}'`
    const timer = setTimeout(
      () => fail(unavailable(`${shim} gave no answer within ${timeoutMs} ms`)),
      timeoutMs,
    )
    socket.on('error', (error) => fail(meaningOf(error, shim)))
    socket.on('close', () => fail(new NobodyListens(`${shim} closed the connection`)))
    socket.on('connect', () => sendLine(socket, request))
    onLine(socket, (line) => {
      const message = parseJson(line)
      if (answered) return onMessage(message)
      answered = true
      clearTimeout(timer)
      const {success, output: reply} = v.safeParse(replyFormat, message)
      if (!success) fail(unavailable(`${shim} gave an invalid answer`))
      else if ('refusal' in reply) fail(meaningOfRefusal(name, reply))
      // Only a shim of gt listens there, so the answer has the type of its request.
      else resolve({socket, answer: reply.answer as Answers[A]})
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
  return unavailable(`the process that holds session '${name}' failed: ${reason}`)
}
