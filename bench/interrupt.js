// Kills gt, or its tmux server, at every moment of a start, a stop and a restart, and checks what the next commands see.
// Nothing is cleaned up in between. Usage: node bench/interrupt.js [step in ms]
import {spawn, spawnSync} from 'node:child_process'
import {setTimeout as sleep} from 'node:timers/promises'
import {processesWith} from '../scripts/support/processes.js'
import {gtAsync, inTown, launcher, node} from './support/town.js'

const step = Number(process.argv[2] ?? 20)
const session = 'gt-alpha-witness'

await inTown(['alpha'], async (town) => {
  for (const fault of ['gt is killed', 'tmux is killed']) {
    for (const verb of ['start', 'stop', 'restart']) await row(town, fault, verb)
  }
})

async function row(town, fault, verb) {
  const seen = new Map()
  let wrong = 0
  for (let delay = 0; ; delay += step) {
    if (verb !== 'start') await gtAsync(town, 'witness', 'start', 'alpha')
    const finished = await interrupted(town, fault, verb, delay)
    const {words, right} = await aftermath(town)
    seen.set(words, (seen.get(words) ?? 0) + 1)
    if (!right) wrong++
    if (finished) break
  }
  if (wrong > 0) process.exitCode = 1
  const told = [...seen].map(([words, count]) => `${count} × ${words}`).join('; ')
  process.stdout.write(`${fault}, during ${verb}: ${wrong} wrong. ${told}\n`)
}

/** Runs the command and kills after the delay; true if the command ended before that. */
async function interrupted({base, env}, fault, verb, delay) {
  const child = spawn(node, [launcher, 'witness', verb, 'alpha'], {cwd: base, env, stdio: 'ignore'})
  const end = new Promise((resolve) => child.on('close', () => resolve(true)))
  const finished = await Promise.race([end, sleep(delay, false)])
  if (finished) return true
  if (fault === 'gt is killed') child.kill('SIGKILL')
  else killServer(env)
  await end
  return false
}

function killServer(env) {
  const {stdout} = spawnSync('tmux', ['-L', 'default', 'display-message', '-p', '#{pid}'], {
    env,
    encoding: 'utf8',
  })
  if (/^\d+\n$/.test(stdout)) process.kill(Number(stdout), 'SIGKILL')
}

/** Checks the output of the next commands, its truth, and that they leave nothing behind. */
async function aftermath(town) {
  const status = await gtAsync(town, 'witness', 'status', 'alpha', '--json')
  const told = JSON.parse(status.stdout)
  const truth = agentRuns(town)
  const start = await gtAsync(town, 'witness', 'start', 'alpha')
  const afterStart = agentRuns(town)
  const stop = await gtAsync(town, 'witness', 'stop', 'alpha')
  const left = processesWith(`GT_SESSION=${session}`).filter(({pid}) => belongsTo(town, pid))
  const words = `status ${told.running}, start ${start.stdout.includes('✓') ? 'started' : start.stdout.includes('⚠') ? 'already running' : 'failed'}`
  const right =
    told.running === truth && start.code === 0 && afterStart && stop.code === 0 && left.length === 0
  if (!right)
    process.stdout.write(`${status.stdout}${start.stderr}${stop.stderr}left: ${JSON.stringify(left)}\n`)
  return {words, right}
}

/** Whether tmux itself says that the session exists and its pane is alive. */
function agentRuns({env}) {
  const {stdout} = spawnSync(
    'tmux',
    ['-L', 'default', 'list-panes', '-t', `=${session}:`, '-F', '#{pane_dead}'],
    {
      env,
      encoding: 'utf8',
    },
  )
  return stdout === '0\n'
}

function belongsTo({env}, pid) {
  return processesWith(`TMUX_TMPDIR=${env.TMUX_TMPDIR}`).some((entry) => entry.pid === pid)
}
