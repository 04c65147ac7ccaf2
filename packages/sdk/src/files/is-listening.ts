import {connect} from 'node:net'

/** Milliseconds to wait for a connection. */
const CONNECT_TIMEOUT_MS = 1000

/** Whether a process listens on the unix socket at this absolute path. Sends it nothing. */
export function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({path, timeout: CONNECT_TIMEOUT_MS})
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    // A busy socket has a process behind it.
    socket.once('timeout', () => end(true))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'EACCES'))
  })
}
