import {checkTerminal, GtError, type SessionHandle, sessionLost} from '@gtown/sdk'
import {askLife, type Place} from './life.js'
import {socketOf} from './record.js'
import {SOCKET_VARIABLE} from './run-outside.js'
import {type Address, converse} from './shim-client.js'
import {type AttachEnd, UserTerminal} from './user-terminal.js'

/**
 * Shows the session in this terminal until the user presses the detach key (Ctrl-B, then D) or the session ends.
 * Rejects with `ATTACH_INSIDE` inside the session itself, whose screen would contain itself.
 */
export async function attach(place: Place, handle: SessionHandle): Promise<void> {
  await checkTerminal()
  const {name} = handle
  const {record, answer} = await askLife(place, handle, {ask: 'inspect'})
  if (!answer) throw sessionLost(name, 'the process that held its terminal was killed')
  const socket = socketOf(place.directory, record)
  if (place.env[SOCKET_VARIABLE] === socket) {
    throw new GtError(`session '${name}' cannot be shown inside itself`, {
      code: 'ATTACH_INSIDE',
      hint: 'Attach to it from another terminal.',
    })
  }
  const end = await show(handle, {socket, name, timeoutMs: place.timeoutMs})
  if (end === 'detached') process.stdout.write(`[detached from session '${name}']\n`)
  // Sends the signal again, now that the terminal is restored, for its default effect. Other handlers keep it.
  else if (end !== 'ended' && process.listenerCount(end) === 0) process.kill(process.pid, end)
}

async function show({incarnation}: SessionHandle, address: Address): Promise<AttachEnd> {
  const terminal = new UserTerminal()
  terminal.open()
  try {
    const request = {ask: 'attach', incarnation, size: terminal.size} as const
    const connection = await converse(address, request, (text) => terminal.paint(String(text)))
    return await terminal.relay(connection.socket)
  } finally {
    terminal.restore()
  }
}
