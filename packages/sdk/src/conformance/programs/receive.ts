// receive <file> [paste]: appends every typed byte to the file, like an agent that reads raw keys. With `paste` it
// enables bracketed paste. Prints a dot for each input. Its report is `<file>.ready`.
import {appendFileSync} from 'node:fs'
import {argument, stayBeside} from './stay.js'
import {writeReport} from './write-report.js'

const file = argument(0)
process.stdin.setRawMode(true)
process.stdin.on('data', (bytes) => {
  appendFileSync(file, bytes)
  process.stdout.write('.')
})
const modes = process.argv[3] === 'paste' ? '\x1b[?2004h' : ''
process.stdout.write(`${modes}receiving\r\n`, () => writeReport(`${file}.ready`))
stayBeside(file)
