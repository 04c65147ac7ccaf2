// Measures what sessions without tmux cost and withstand, and compares them with tmux where it can do the same: the memory
// of the processes that hold them, the time of each operation, floods of output, killed shims, and viewers that come and
// go. Prints one table per part, and exits with 1 if anything is wrong. Needs Linux.
// Usage: node bench/pty.js [part]... [--sessions 1,10,30] [--rounds 20] [--megabytes 10] [--cycles 1000]
import {parseArgs} from 'node:util'
import {measureAttach} from './pty/attach.js'
import {measureFlood} from './pty/flood.js'
import {measureKilled} from './pty/killed.js'
import {measureMemory} from './pty/memory.js'
import {measureTimes} from './pty/times.js'
import {inWorld} from './pty/world.js'
import {printTable} from './support/table.js'

const parts = {
  memory: measureMemory,
  times: measureTimes,
  flood: measureFlood,
  killed: measureKilled,
  attach: measureAttach,
}
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    sessions: {type: 'string', default: '1,10,30'},
    rounds: {type: 'string', default: '20'},
    megabytes: {type: 'string', default: '10'},
    cycles: {type: 'string', default: '1000'},
  },
})
const options = {
  sessions: values.sessions.split(',').map(Number),
  rounds: Number(values.rounds),
  megabytes: Number(values.megabytes),
  cycles: Number(values.cycles),
}

for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
  const begun = performance.now()
  const {heads, rows, wrongs} = await inWorld(parts[name], options)
  process.stdout.write(`\n## ${name}\n`)
  printTable(heads, rows)
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  process.stdout.write(`${wrongs.length} wrong, ${seconds} s\n`)
  for (const wrong of wrongs) process.stdout.write(`WRONG: ${wrong}\n`)
  if (wrongs.length > 0) process.exitCode = 1
}
