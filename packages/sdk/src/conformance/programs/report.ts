// report <file> [argument ...]: writes its arguments and environment to the file, and stays.
import {argument, stayBeside} from './stay.js'
import {writeReport} from './write-report.js'

writeReport(argument(0), process.argv.slice(3))
stayBeside(argument(0))
