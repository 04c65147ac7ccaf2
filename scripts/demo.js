// Shows the main job in a minute: a throw-away town with a rig and its origin, the rig's witness, four workers (one makes
// progress, one stalls, one crashes, one finishes), and a patrol that treats each. Runs with or without tmux. Leaves nothing behind.
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  changeSettings,
  fixtureAgent,
  git,
  gt,
  makeOrigin,
  openPlace,
  removePlace,
  stillRunning,
  until,
} from './support/throw-away-town.js'

/** The patrol's waiting times, in seconds instead of minutes. */
const FAST = {
  interval: '2s',
  quiet: '4s',
  nudge_echo: '1s',
  exit_grace: '1s',
  done_after: '3s',
}
const DEADLINE_MS = 60_000

const place = openPlace()
const town = join(place.base, 'town')

process.on('SIGINT', () => {
  removePlace(place)
  process.exit(130)
})

try {
  layOut()
  playWitness()
  hireWorkers()
  await watchPatrol()
  await showResults()
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`demo: ${error.message}\n`)
} finally {
  removePlace(place)
}

function layOut() {
  say('A town with a rig: a project whose origin is a bare git repository.')
  makeOrigin(place, 'origin.git')
  gt(place, place.base, 'install', 'town')
  run('rig', 'add', 'demo', join(place.base, 'origin.git'))
  const agents = {echo: fixtureAgent('echo-agent'), worker: fixtureAgent('task-agent')}
  changeSettings(town, {default_agent: 'worker', agents, patrol: FAST})
}

function playWitness() {
  say('The witness of the rig. Here, a small program takes the place of an AI agent.')
  run('witness', 'start', 'demo', '--agent', 'echo')
  run('witness', 'status', 'demo')
  say('A nudge reaches it as soon as its prompt is empty. Then its screen shows the text.')
  run('nudge', 'demo/witness', 'How are the workers?')
  run('peek', 'demo/witness')
  run('witness', 'stop', 'demo')
}

function hireWorkers() {
  say('The witness again, this time by rules instead of a model. In this demo, minutes are seconds.')
  run('witness', 'start', 'demo', '--agent', 'patrol')
  say('Four workers, each with its own worktree, branch and session.')
  run('polecat', 'spawn', 'demo', 'steady', '--task', 'Work for ever')
  run('polecat', 'spawn', 'demo', 'sleepy', '--task', 'Write sleepy.md, and pause half-way')
  run('polecat', 'spawn', 'demo', 'shaky', '--task', 'Write shaky.md, and crash half-way')
  run('polecat', 'spawn', 'demo', 'swift', '--task', 'Write swift.md')
}

async function watchPatrol() {
  say('What the patrol finds, and what it does:')
  await noted('steady', 'polecat_checked', 'healthy', 'steady makes progress: the patrol leaves it alone.')
  await noted(
    'shaky',
    'polecat_restarted',
    'crashed',
    'shaky crashed and its work is not done: the patrol starts it again.',
  )
  await noted(
    'sleepy',
    'polecat_nudged',
    'stalled',
    'sleepy waits and its work is not done: the patrol nudges it.',
  )
  run('witness', 'why', 'demo', 'sleepy')
  for (const name of ['swift', 'shaky', 'sleepy']) {
    const words = `${name} is done and its commits are at the origin: the patrol removes its sandbox.`
    await noted(name, 'polecat_nuked', 'done, clean', words)
  }
  run('witness', 'log', 'demo', '-n', '100')
}

async function showResults() {
  say('The work is at the origin, including the commits from before a crash or a pause:')
  process.stdout.write('$ git log --format="%h %an: %s" --all\n')
  process.stdout.write(git(place, join(place.base, 'origin.git'), 'log', '--format=%h %an: %s', '--all'))
  say(
    'One worker is left, and still works. It has no work that could be lost, so it can be removed: --yes ends it.',
  )
  run('polecat', 'nuke', 'demo/steady', '--yes')
  run('polecat', 'list', 'demo')
  run('witness', 'stop', 'demo')
  const commands = () => stillRunning(place).map(({pid, command}) => `\n  ${pid} ${command}`)
  await until(
    () => `these to end:${commands().join('')}`,
    10_000,
    () => commands().length === 0,
  )
  say('No process, no session and no sandbox is left, and the town is removed.')
}

/** Waits for an event of this type about a worker with this verdict, and explains it in plain words. */
async function noted(name, type, verdict, words) {
  await until(`'${type}' of ${name}`, DEADLINE_MS, () =>
    events().some(
      ({type: of, payload}) => of === type && payload.polecat === name && payload.verdict === verdict,
    ),
  )
  process.stdout.write(`  ${words}\n`)
}

function events() {
  const file = join(town, '.events.jsonl')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  // The last line may be incomplete.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

function run(...args) {
  gt(place, town, ...args)
}

function say(text) {
  process.stdout.write(`\n# ${text}\n`)
}
