// Sends a batch of nudges from one process, several at once, through the built host, so that the start of a sender is
// paid only once. Prints a line for each nudge that it begins (`begun NUMBER`) and for each that is refused
// (`refused CODE`). Usage: node nudge-sender.js LAUNCHER JSON-OF-[{number, address, text}]
import {dirname} from 'node:path'
import {Config} from '@oclif/core'

const AT_ONCE = 5
const [, , launcher, batch] = process.argv
process.argv[1] = launcher
const {createHost} = await import('../../dist/host/host.js')
const host = createHost(await Config.load(dirname(dirname(launcher))))
const waiting = JSON.parse(batch)

await Promise.all(Array.from({length: AT_ONCE}, send))
process.exit()

async function send() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    process.stdout.write(`begun ${next.number}\n`)
    try {
      await host.nudges.send(next.address, next.text, {waitMs: 3000, expiresMs: 300_000, force: false})
    } catch (error) {
      process.stdout.write(`refused ${error.code ?? error.message}\n`)
    }
  }
}
