// What is tried with each agent. Each case ends whatever it started, however it goes.
import {setTimeout as sleep} from 'node:timers/promises'
import {showsPrompt} from '../../../dist/supervisor/ready-signs.js'
import {killSince, processesSince} from './processes.js'
import {answered, lastLines, SESSION, submit, TURN_MS} from './terminal.js'
import {until} from './until.js'
import {presets} from './world.js'

const READY_MS = 60_000
/** How long an agent is watched after it was asked to end. */
const TERM_MS = 6000
/** Longer than any process needs that is about to end anyhow. */
const SETTLE_MS = 600
/** The session that the user has without gt. */
const OWN = 'own'

const TOOL = 'tail -f /dev/null'
/** One tool in the background in a session of its own, and one in the foreground. */
const TOOL_PROMPT = `RUN{setsid ${TOOL} & ${TOOL}}`

/** The agent without gt: how long until its prompt stands there, and what a TERM to its process does. */
export async function withoutGt(context) {
  const {agent, canary} = context
  const before = processesSince(new Map(), canary)
  try {
    const own = await startOwn(context, agent.args ?? presets[agent.preset].args)
    return own.problem ? own : {...own, ...(await term(context, before))}
  } finally {
    await endOwn(context, before)
  }
}

/** `gt witness start`, a turn, `gt witness stop`. */
export async function idle(context) {
  return underGt(context, async () => {})
}

/** The same, stopped while a tool of the agent runs. */
export async function withTool(context) {
  return underGt(context, (before) => useTool(context, SESSION, before))
}

/** The same, with the same agent running without gt: it must live on. */
export async function besideOwn(context) {
  const {agent, canary} = context
  const before = processesSince(new Map(), canary)
  try {
    const own = await startOwn(context, agent.ownArgs ?? presets[agent.preset].args)
    const problem = own.problem ?? (await useTool(context, OWN, before))
    if (problem) return {problem}
    const bystanders = await settled(before, canary)
    const result = await underGt(context, (started) => useTool(context, SESSION, started))
    const living = processesSince(before, canary)
    const ended = [...bystanders].filter(([key]) => !living.has(key)).map(([, {command}]) => command)
    return {...result, ...(ended.length > 0 && {problem: `ended with it: ${ended.join(', ')}`})}
  } finally {
    await endOwn(context, before)
  }
}

async function startOwn({world, agent, canary}, args) {
  const {command, readyPromptPrefix} = presets[agent.preset]
  const env = [...Object.entries(agent.variables).map((pair) => pair.join('=')), canary]
  const options = ['-d', '-s', OWN, '-c', world.directory, ...env.flatMap((pair) => ['-e', pair])]
  const program = [command, ...args, 'Is there something to patrol?']
  const start = performance.now()
  world.tmux('new-session', ...options, '--', ...program, ';', 'set-option', 'remain-on-exit', 'on')
  const isReady = () => showsPrompt(world.screen(OWN), readyPromptPrefix)
  await until(() => isReady() || world.ask(OWN, '#{pane_dead}') === '1', READY_MS)
  const readyMs = performance.now() - start
  if (isReady() && (await answered(world, OWN))) return {readyMs}
  return {problem: `it did not start or answer:\n${lastLines(world, OWN)}`}
}

async function endOwn({world, canary}, before) {
  await killSince(before, canary)
  world.tmux('kill-session', '-t', `=${OWN}`)
}

async function term({world, canary}, before) {
  const pid = Number(world.ask(OWN, '#{pane_pid}'))
  const lives = () => [...processesSince(before, canary).values()].some((found) => found.pid === pid)
  const start = performance.now()
  process.kill(pid, 'SIGTERM')
  const ended = await until(() => !lives(), TERM_MS)
  const stopMs = ended && performance.now() - start
  await sleep(SETTLE_MS)
  return {stopMs, survivors: [...processesSince(before, canary).values()]}
}

async function underGt(context, work) {
  const {world, agent, canary} = context
  const before = processesSince(new Map(), canary)
  try {
    const start = await world.gt('witness', 'start', 'alpha', '--agent', agent.name, '--env', canary)
    if (start.code !== 0) return {problem: `start ended with ${start.code}: ${start.stderr.trim()}`}
    const problem = (await answered(world, SESSION)) ? await work(before) : 'no answer'
    const screen = problem && `${problem}:\n${lastLines(world, SESSION)}`
    const status = await world.gt('witness', 'status', 'alpha', '--json')
    const ran = processesSince(before, canary)
    const stop = await world.gt('witness', 'stop', 'alpha')
    await sleep(SETTLE_MS)
    return {
      readyMs: start.ms,
      ran: ran.size,
      stopMs: stop.ms,
      survivors: [...processesSince(before, canary).values()],
      problem: screen ?? wrongReport(status, stop),
    }
  } finally {
    await killSince(before, canary)
  }
}

function wrongReport(status, stop) {
  if (!JSON.parse(status.stdout).running) return `status said: ${status.stdout}`
  return stop.code === 0 ? undefined : `stop ended with ${stop.code}: ${stop.stderr.trim()}`
}

async function useTool({world, canary}, session, before) {
  await submit(world, session, TOOL_PROMPT)
  const tools = () => [...processesSince(before, canary).values()].filter(({command}) => command === TOOL)
  return (await until(() => tools().length === 2, TURN_MS)) ? undefined : 'no tool'
}

/** The processes, when no short-lived one is among them any more. */
async function settled(before, variable) {
  for (;;) {
    const found = processesSince(before, variable)
    await sleep(SETTLE_MS)
    const now = processesSince(before, variable)
    if (now.size === found.size && [...now.keys()].every((key) => found.has(key))) return now
  }
}
