// Holds one session. The backend starts it detached and sends a `Birth` on its standard input.
import {createInterface} from 'node:readline'
import {setFlagsFromString} from 'node:v8'
import type {Birth, BirthReply} from '../birth.js'
import {serveSession} from './server.js'
import {Shim} from './shim.js'

// A shim is idle most of the time, so it gives memory back after a busy phase. As an argument of Node the flag would make
// each start a fifth slower, since Node's own code is then compiled again.
setFlagsFromString('--optimize-for-size')
// The shim outlives the terminal from which it was started.
process.on('SIGHUP', () => {})
// The starter stops reading it once the session is on record.
process.stdout.on('error', () => {})

/** Interval of rewriting the record: cleaners of /tmp remove files that were not written for days. */
const FRESH_MS = 6 * 60 * 60 * 1000

const reply = (message: BirthReply) => process.stdout.write(`${JSON.stringify(message)}\n`)

async function createShim(birth: Birth): Promise<Shim> {
  process.title = `gt session ${birth.record.name}`
  const shim = new Shim(birth)
  await serveSession(shim, birth.socket, () => process.exit(0))
  reply(await shim.stamps())
  return shim
}

const input = createInterface({input: process.stdin})
let created: Promise<Shim | undefined> = Promise.resolve(undefined)

input.once('line', (line) => {
  // Not checked against a schema, so that the shim starts small. Its own starter wrote it.
  created = createShim(JSON.parse(line) as Birth)
  created.catch((error: Error) => {
    reply({failure: error.message})
    process.exit(1)
  })
})

// The starter has committed the session, or ended before it could.
input.on('close', async () => {
  const shim = await created
  if (await shim?.commit()) {
    setInterval(() => void shim?.save(), FRESH_MS).unref()
    return
  }
  shim?.agent.kill()
  process.exit(0)
})
