// family <file> <generations>: writes its report to `<file>.<generations>`, and starts the next generation down to 0.
import {spawn} from 'node:child_process'
import {argument, stayBeside} from './stay.js'
import {writeReport} from './write-report.js'

const [file, generations] = [argument(0), Number(argument(1))]
if (generations > 0) {
  spawn(process.execPath, [import.meta.filename, file, String(generations - 1)], {stdio: 'ignore'})
}
// Ignore SIGHUP, so that closing the terminal does not end the process.
process.on('SIGHUP', () => {})
writeReport(`${file}.${generations}`)
stayBeside(file)
