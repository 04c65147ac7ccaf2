// term <file> ignore|slow: ignores TERM, or takes a moment over it and writes `<file>.done` before it ends.
import {writeFileSync} from 'node:fs'
import {argument, stayBeside} from './stay.js'
import {writeReport} from './write-report.js'

const SLOW_MS = 300
const file = argument(0)
const slow = argument(1) === 'slow'

function finish(): void {
  setTimeout(() => {
    writeFileSync(`${file}.done`, 'done')
    process.exit(0)
  }, SLOW_MS)
}

process.on('SIGTERM', slow ? finish : () => {})
process.on('SIGHUP', () => {})
writeReport(file)
stayBeside(file)
