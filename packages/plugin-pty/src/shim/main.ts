// Holds one session: started by the backend, detached, told on its standard input what to start.
import {createInterface} from 'node:readline'
import {setFlagsFromString} from 'node:v8'
import type {Birth, BirthReply} from '../birth.js'
import {serve} from './server.js'
import {Shim} from './shim.js'

// A shim waits most of its life: what a busy agent made it collect is given back. As an argument of Node the flag
// would cost each start a fifth, since Node's own code is compiled again for other flags.
setFlagsFromString('--optimize-for-size')
// It outlives the terminal that it was started from.
process.on('SIGHUP', () => {})
// Nobody reads it any more once the session is on record.
process.stdout.on('error', () => {})

/** Whoever clears /tmp takes a file for forgotten that has not been written for days. */
const FRESH_MS = 6 * 60 * 60 * 1000

const reply = (message: BirthReply) => process.stdout.write(`${JSON.stringify(message)}\n`)

async function hold(birth: Birth): Promise<Shim> {
  process.title = `gt session ${birth.record.name}`
  const shim = new Shim(birth)
  await serve(shim, birth.socket, () => process.exit(0))
  reply(await shim.stamps())
  return shim
}

const input = createInterface({input: process.stdin})
let held: Promise<Shim | undefined> = Promise.resolve(undefined)

input.once('line', (line) => {
  held = hold(JSON.parse(line) as Birth)
  held.catch((error: Error) => {
    reply({failure: error.message})
    process.exit(1)
  })
})

// The starter has committed the session, or it was ended before it could.
input.on('close', async () => {
  const shim = await held
  if (await shim?.commit()) {
    setInterval(() => void shim?.save(), FRESH_MS).unref()
    return
  }
  shim?.agent.kill()
  process.exit(0)
})
