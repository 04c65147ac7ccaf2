import {connect} from 'node:net'

/** Milliseconds that somebody who listens on a socket gets to answer. */
const CONNECT_TIMEOUT_MS = 1000

/** Whether anybody listens on the unix socket of that absolute path. Says nothing to whoever does. */
export function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({path, timeout: CONNECT_TIMEOUT_MS})
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    // One that is busy has somebody behind it.
    socket.once('timeout', () => end(true))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'EACCES'))
  })
}
