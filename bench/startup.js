// What `gt witness status --json` costs beside an empty Node and a Node that does nothing but ask tmux.
// Interleaved, so that a machine that slows down slows down all of them. Usage: node bench/startup.js [runs]
import {gt, inTown, launcher, median, node, time} from './support/town.js'

const runs = Number(process.argv[2] ?? 30)
const oneTmuxChild = `require('node:child_process').execFileSync('tmux', ['-L', 'default', 'list-sessions'])`

await inTown(['alpha'], (town) => {
  gt(town, 'witness', 'start', 'alpha')
  const commands = {
    'node -e 0': [node, '-e', '0'],
    'node, one tmux child': [node, '-e', oneTmuxChild],
    'gt witness status --json': [node, launcher, 'witness', 'status', 'alpha', '--json'],
    'gt --version': [node, launcher, '--version'],
    'gt witness --help': [node, launcher, 'witness', '--help'],
  }
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (const command of Object.values(commands)) time(command, town)
  for (let run = 0; run < runs; run++) {
    for (const [name, command] of Object.entries(commands)) times[name].push(time(command, town))
  }
  const yardstick = median(times['node -e 0'])
  process.stdout.write(`${runs} runs, wall, median\n`)
  for (const [name, values] of Object.entries(times)) {
    const ms = median(values)
    process.stdout.write(
      `${name.padEnd(28)} ${ms.toFixed(1).padStart(8)} ms  × ${(ms / yardstick).toFixed(2)}\n`,
    )
  }
  gt(town, 'witness', 'stop', 'alpha')
})
