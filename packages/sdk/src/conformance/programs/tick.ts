// tick <file>: prints a line ten times a second.
import {argument, stayBeside} from './stay.js'

let count = 0
setInterval(() => process.stdout.write(`tick ${count++}\n`), 100)
stayBeside(argument(0))
