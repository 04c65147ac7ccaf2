// What gt says an agent is doing, beside what is true.
import {setTimeout as sleep} from 'node:timers/promises'
import {killSince, processesSince} from './processes.js'
import {situations} from './situations.js'
import {answered, lastLines, SESSION} from './terminal.js'

const LOOKS = 3
/** A screen that has just changed may still be half drawn. */
const SETTLE_MS = 700

/** A case for each situation, by its name. */
export const stateCases = Object.fromEntries(
  Object.entries(situations).map(([name, situation]) => [name, (context) => tellState(context, situation)]),
)

async function tellState(context, situation) {
  if (situation.known?.(context.agent) === false) return {note: 'does not happen'}
  return inSession(context, situation, async (running) => {
    const {world, isVerbose} = running
    const told = []
    for (let look = 0; look < LOOKS; look++) {
      await sleep(SETTLE_MS)
      const peek = await world.gt('peek', 'alpha/witness', '--state', '--json')
      told.push(JSON.parse(peek.stdout).state.value)
    }
    const status = await world.gt('witness', 'status', 'alpha', '--json')
    told.push(JSON.parse(status.stdout).state.value)
    if (isVerbose) process.stderr.write(`${status.stdout}\n${world.screen(SESSION).join('\n')}\n`)
    const untrue = (await situation.isNot?.(running)) ?? []
    const isTrue = (state) => situation.is.includes(state) && !untrue.includes(state)
    const wrong = told.filter((state) => state !== 'unknown' && !isTrue(state))
    return {
      note: [...new Set(told)].join(', '),
      ...(wrong.length > 0 && {problem: `told ${wrong.join(', ')}:\n${lastLines(world, SESSION)}`}),
    }
  })
}

/** Starts the agent, brings the situation about, does the work there, and ends whatever is left. */
export async function inSession(given, {asking, bring}, work) {
  const {world, canary, model} = given
  const agent = asking ? world.useAgent(withAsking(given.agent), model.address) : given.agent
  const context = {...given, agent}
  const before = processesSince(new Map(), canary)
  try {
    const start = await world.gt('witness', 'start', 'alpha', '--env', canary)
    if (start.code !== 0) return {problem: `start ended with ${start.code}: ${start.stderr.trim()}`}
    if (!(await answered(world, SESSION))) return {problem: `no answer:\n${lastLines(world, SESSION)}`}
    if (!(await bring(context))) return {problem: `it did not come about:\n${lastLines(world, SESSION)}`}
    const result = await work(context)
    const stop = await world.gt('witness', 'stop', 'alpha')
    const survivors = [...processesSince(before, canary).values()]
    return {readyMs: start.ms, stopMs: stop.ms, survivors, ...result}
  } finally {
    await killSince(before, canary)
  }
}

export function withAsking(agent) {
  const {env = {}, ...changes} = agent.asking
  return {...agent, ...changes, env: (place) => ({...agent.env(place), ...env})}
}
