// escape <file> kept|cleared: leaves a process behind that has its own terminal session and no parent, with or
// without its environment. That process writes its report to the file.
import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {argument, stayBeside} from './stay.js'

const [file, environment, leaving] = [argument(0), argument(1), process.argv[4]]
const report = fileURLToPath(new URL('./report.js', import.meta.url))
if (leaving === undefined) {
  spawn(process.execPath, [import.meta.filename, file, environment, 'leaving'], {stdio: 'ignore'})
  stayBeside(file)
} else {
  const env = environment === 'cleared' ? {} : process.env
  spawn(process.execPath, [report, file], {detached: true, stdio: 'ignore', env}).unref()
}
