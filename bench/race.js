// Starts one rig many times at once, with and without a running tmux server. One must start it, and all others must find
// it running. Usage: node bench/race.js [rounds] [starts]
import {execFileSync} from 'node:child_process'
import {gt, gtAsync, inTown} from './support/town.js'

const rounds = Number(process.argv[2] ?? 10)
const starts = Number(process.argv[3] ?? 40)

await inTown(['alpha', 'beta'], async (town) => {
  let wrong = await race(town, 'no server yet')
  gt(town, 'witness', 'start', 'beta')
  wrong += await race(town, 'a server runs')
  gt(town, 'witness', 'stop', 'beta')
  process.exitCode = wrong > 0 ? 1 : 0
})

async function race(town, label) {
  let wrong = 0
  for (let round = 0; round < rounds; round++) {
    const results = await Promise.all(
      Array.from({length: starts}, () => gtAsync(town, 'witness', 'start', 'alpha')),
    )
    const started = results.filter(({stdout}) => stdout.includes('✓ Witness started for alpha')).length
    const running = results.filter(({stdout}) => stdout.includes('⚠ Witness is already running')).length
    const failed = results.filter(({code}) => code !== 0)
    const names = execFileSync('tmux', ['-L', 'default', 'list-sessions', '-F', '#S'], {
      env: town.env,
      encoding: 'utf8',
    })
    const sessions = names.split('\n').filter((name) => name === 'gt-alpha-witness').length
    if (started !== 1 || running !== starts - 1 || failed.length > 0 || sessions !== 1) wrong++
    process.stdout.write(
      `${label}, round ${round + 1}: ${sessions} session, ${started} started, ${running} already running, ${failed.length} failed\n`,
    )
    for (const {stderr} of failed) process.stdout.write(stderr)
    gt(town, 'witness', 'stop', 'alpha')
  }
  return wrong
}
