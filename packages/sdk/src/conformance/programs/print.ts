// print <file> <text> [exit code]: prints the text, writes its report, and stays, or ends with the code.
import {argument, stayBeside} from './stay.js'
import {writeReport} from './write-report.js'

const code = process.argv[4]
process.stdout.write(argument(1), () => {
  writeReport(argument(0))
  if (code === undefined) stayBeside(argument(0))
  else process.exitCode = Number(code)
})
