// Compares `gt witness start`, with an agent that is ready at once, with an empty Node. The original needed 5.16 s. Usage: node bench/start.js [runs]
import {gt, inTown, launcher, median, node, time} from './support/town.js'

const runs = Number(process.argv[2] ?? 10)

await inTown(['alpha'], (town) => {
  const empty = []
  const start = []
  for (let run = 0; run < runs; run++) {
    empty.push(time([node, '-e', '0'], town))
    start.push(time([node, launcher, 'witness', 'start', 'alpha'], town))
    gt(town, 'witness', 'stop', 'alpha')
  }
  const ratio = median(start) / median(empty)
  process.stdout.write(
    `gt witness start: median ${median(start).toFixed(0)} ms of ${runs} runs, × ${ratio.toFixed(1)} node -e 0\n`,
  )
})
