import {once} from 'node:events'
import {createServer, type Server, type Socket} from 'node:net'
import {onLine, type Reply, type Request, sendLine} from '../protocol.js'
import {handleRequest} from './handle-request.js'
import {Refused} from './refused.js'
import type {Shim} from './shim.js'

/**
 * Serves requests on the session's socket. A faulty or vanished peer affects only its own connection.
 *
 * @param onEnd called after an `end` request was answered
 */
export async function serveSession(shim: Shim, path: string, onEnd: () => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    onLine(socket, (line) => void take(shim, socket, line, onEnd))
  })
  const mask = process.umask(0o177)
  server.listen(path)
  process.umask(mask)
  await once(server, 'listening')
  return server
}

async function take(shim: Shim, socket: Socket, line: string, onEnd: () => void): Promise<void> {
  const isViewer = shim.viewers.has(socket)
  try {
    const message = JSON.parse(line)
    if (isViewer) return shim.viewers.take(socket, message)
    // Not validated by a schema, so that the shim stays small. Invalid values fail where they are used.
    const request = message as Request
    sendLine(socket, {answer: await handleRequest(shim, request, socket)})
    if (request.ask === 'end') socket.end(onEnd)
  } catch (error) {
    if (isViewer) socket.destroy()
    else sendLine(socket, refusalOf(error))
  }
}

function refusalOf(error: unknown): Reply<never> {
  if (error instanceof Refused) return {refusal: error.refusal}
  return {refusal: 'failed', reason: error instanceof Error ? error.message : String(error)}
}
