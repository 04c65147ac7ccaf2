// receive <file> [paste]: appends every byte that is typed to the file, as an agent that reads raw keys would.
// With `paste` it asks the terminal to mark pasted text. Prints a dot for what arrives; its report is
// `<file>.ready`.
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
