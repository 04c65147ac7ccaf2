// report <file> [argument ...]: writes what it was started with to the file, and stays.
import {argument, stayBeside} from './stay.js'
import {writeReport} from './write-report.js'

writeReport(argument(0), process.argv.slice(3))
stayBeside(argument(0))
