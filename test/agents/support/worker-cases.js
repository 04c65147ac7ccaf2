// A worker of a rig with a real agent, and the patrol beside it: what it says of the worker, and what it does. Nothing
// may be typed at a worker that asks, and nothing of its work may be lost.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {FORBIDDEN} from './situations.js'
import {withAsking} from './state-cases.js'
import {answered, lastLines, shows, stillLines, TURN_MS} from './terminal.js'
import {until} from './until.js'
import {gtCommand} from './world.js'

const RIG = 'beta'
const WORKER = 'nux'
const SESSION = `gt-${RIG}-${WORKER}`

/** Everything that the patrol waits for in minutes takes seconds here. */
const FAST = {
  quiet: '4s',
  nudge_echo: '1s',
  exit_grace: '1s',
  done_after: '2s',
  asking_after: '2s',
  backoff_first: '1s',
}

const COMMIT = 'git -c user.name=Nux -c user.email=nux@example.com commit --quiet --all --message=Done'
// By its path: the shells of some agents begin with a PATH of their own.
const FINISH = `RUN{echo done > work.md && git add work.md && ${COMMIT} && ${gtCommand} done}`

/** What only a nudge says. */
const NUDGE = 'Please go on'

/** The patrol's mistakes about a worker that is as the cases make it. */
const GONE = ['crashed', 'crash-looping', 'done, clean', 'done, dirty', 'orphan session', 'corrupt sandbox']

export const workerCases = {
  async finishes(given) {
    return withWorker(given, {task: FINISH}, async ({world, sandbox, origin}) => {
      const found = await patrolUntil(
        world,
        ({verdict}) => verdict === 'done, clean',
        (cycle) => didAction(cycle, 'nuke'),
      )
      const commit = world.git(origin, 'log', '--all', '--format=%s', '-1')
      return {
        ...found,
        problems: [
          ...(commit === 'Done'
            ? []
            : [`the newest commit of the origin is '${commit}':\n${lastLines(world, SESSION)}`]),
          ...(world.isThere(sandbox) ? ['its sandbox is still there'] : []),
        ],
      }
    })
  },

  async stalls(given) {
    return withWorker(given, {task: 'Do nothing.'}, async ({world, model}) => {
      if (!(await answered(world, SESSION))) return noWay(world)
      const found = await patrolUntil(
        world,
        ({verdict}) => verdict === 'stalled',
        (cycle) => didAction(cycle, 'nudge'),
      )
      const heard = await until(() => model.heard(NUDGE) > 0, TURN_MS)
      return {...found, problems: [...wrong(found, GONE), ...(heard ? [] : ['it heard no nudge'])]}
    })
  },

  async 'asks for permission'(given) {
    return withWorker(
      given,
      {task: `ESCALATE{touch ${FORBIDDEN}}`, asking: true},
      async ({world, agent, sandbox}) => {
        if (!(await shows(world, SESSION, agent.shows.permission))) return noWay(world)
        const shown = stillLines(world, SESSION)
        const found = await patrolUntil(
          world,
          ({verdict}) => verdict === 'waiting for a person',
          (cycle) => didAction(cycle, 'escalate'),
        )
        return {
          ...found,
          problems: [
            ...wrong(found, [...GONE, 'stalled']),
            ...(world.isThere(join(sandbox, FORBIDDEN)) ? ['a command was approved'] : []),
            ...(stillLines(world, SESSION) === shown ? [] : [`its screen has changed; it was:\n${shown}`]),
          ],
        }
      },
    )
  },

  // What an agent does about it is its own affair: it gives up, or tries again for minutes.
  async 'hits a limit'(given) {
    return withWorker(given, {task: 'FAIL{429}'}, async ({world, model}) => {
      if (!(await until(() => model.refused() > 0, TURN_MS))) return noWay(world)
      const found = await patrolCycles(world, 5)
      return {...found, problems: wrong(found, GONE)}
    })
  },

  async crashes(given) {
    return withWorker(given, {task: 'Do nothing.'}, async ({world, sandbox}) => {
      if (!(await answered(world, SESSION))) return noWay(world)
      writeFileSync(join(sandbox, 'half.md'), 'half a thought')
      const [head, branch] = [
        world.git(sandbox, 'rev-parse', 'HEAD'),
        world.git(sandbox, 'branch', '--show-current'),
      ]
      const pid = Number(world.ask(SESSION, '#{pane_pid}'))
      process.kill(pid, 'SIGKILL')
      const found = await patrolUntil(
        world,
        ({verdict}) => verdict === 'crashed',
        (cycle) => didAction(cycle, 'restart'),
      )
      const lives = await until(() => world.ask(SESSION, '#{pane_dead} #{pane_pid}') !== `1 ${pid}`, TURN_MS)
      const isKept =
        world.isThere(join(sandbox, 'half.md')) &&
        world.git(sandbox, 'rev-parse', 'HEAD') === head &&
        world.git(sandbox, 'branch', '--show-current') === branch
      return {
        ...found,
        problems: [
          ...(lives ? [] : ['it was not started again']),
          ...(isKept ? [] : ['its work was touched']),
        ],
      }
    })
  },
}

async function withWorker(given, {task, asking = false}, work) {
  const {world, canary, model} = given
  const origin = world.makeOrigin()
  const sandbox = join(world.town, RIG, 'polecats', WORKER, RIG)
  const agent = world.useAgent(asking ? withAsking(given.agent) : given.agent, model.address, {
    works: sandbox,
    settings: {patrol: FAST},
  })
  const added = await world.gt('rig', 'add', RIG, origin)
  if (added.code !== 0) return {problem: `rig add ended with ${added.code}: ${added.stderr}`}
  const spawn = await world.gt(
    'polecat',
    'spawn',
    RIG,
    WORKER,
    '--task',
    task,
    '--env',
    canary,
    '--accept-dialogs',
  )
  if (spawn.code !== 0) return {problem: `spawn ended with ${spawn.code}: ${spawn.stderr}`}
  const {verdicts = [], problems = [], problem} = await work({...given, agent, origin, sandbox})
  const problemText = [problem, ...problems].filter(Boolean).join('\n')
  return {
    readyMs: spawn.ms,
    note: verdicts.filter((verdict, index) => verdict !== verdicts[index - 1]).join(', '),
    ...(problemText && {problem: problemText}),
  }
}

function noWay(world) {
  return {problem: `it did not come about:\n${lastLines(world, SESSION)}`}
}

/** Cycles until the verdict is given, and then until that was done; what was said of the worker in each. */
async function patrolUntil(world, isVerdict, isDone) {
  const verdicts = []
  let wasGiven = false
  const reached = await until(async () => {
    const cycle = await patrolOnce(world)
    if (cycle) verdicts.push(cycle.verdict)
    wasGiven ||= cycle !== undefined && isVerdict(cycle)
    return wasGiven && cycle !== undefined && isDone(cycle)
  }, TURN_MS)
  return {
    verdicts,
    ...(!reached && {problem: `the patrol went on to say ${[...new Set(verdicts)].join(', ')}`}),
  }
}

async function patrolCycles(world, count) {
  const verdicts = []
  while (verdicts.length < count) {
    const cycle = await patrolOnce(world)
    if (cycle) verdicts.push(cycle.verdict)
  }
  return {verdicts}
}

/** What one cycle says of the worker; undefined where it says nothing. */
async function patrolOnce(world) {
  const {stdout, code, stderr} = await world.gt('witness', 'patrol', RIG, '--once', '--json')
  if (code !== 0) throw new Error(`the patrol ended with ${code}: ${stderr}`)
  return JSON.parse(stdout).polecats.find(({name}) => name === WORKER)
}

function didAction({actions}, kind) {
  return actions.some((action) => action.kind === kind && action.outcome === 'done')
}

function wrong({verdicts}, never) {
  const said = verdicts.filter((verdict) => never.includes(verdict))
  return said.length > 0 ? [`the patrol said ${[...new Set(said)].join(', ')}`] : []
}
