// Dialogs that an agent opens before its first prompt, in a home where it has never run.
import {killSince, processesSince} from './processes.js'
import {answered, lastLines, SESSION} from './terminal.js'

const ACCEPT = '--accept-dialogs'

/** A case for each way to meet a dialog, by its name. */
export const startCases = {
  // With the preset's own arguments, which let it work without questions.
  'trust, by preset': (context) => begin(context, context.agent.untrusted, []),
  'trust, not allowed': (context) => begin(context, without(context, context.agent.untrusted), [], isBlocked),
  'trust, accepted': (context) => begin(context, without(context, context.agent.untrusted), [ACCEPT]),
  'signed out, accepted': (context) => begin(context, context.agent.signedOut, [ACCEPT], isBlocked),
}

function without({agent}, changes) {
  return changes && {...changes, args: agent.asking.args}
}

async function begin({world, canary, model, agent: given, isVerbose}, changes, flags, check = isReady) {
  if (changes === undefined) return {note: 'does not happen'}
  const agent = world.useAgent({...given, ...changes}, model.address)
  const before = processesSince(new Map(), canary)
  try {
    const flagged = ['--env', canary, '--json', ...flags]
    const start = await world.gt('witness', 'start', 'alpha', '--agent', agent.name, ...flagged)
    if (isVerbose) process.stderr.write(`${start.stdout}${start.stderr}`)
    const result = await check(world, start)
    const survivors = [...processesSince(before, canary).values()]
    return {readyMs: start.ms, survivors, ...result}
  } finally {
    await killSince(before, canary)
  }
}

async function isReady(world, {code, stdout}) {
  if (code !== 0) return {problem: `start ended with ${code}: ${stdout}`}
  const problem = (await answered(world, SESSION))
    ? {}
    : {problem: `no answer:\n${lastLines(world, SESSION)}`}
  const stop = await world.gt('witness', 'stop', 'alpha')
  return {stopMs: stop.ms, note: 'ready', ...problem}
}

function isBlocked(_, {code, stdout}) {
  const {error} = JSON.parse(stdout)
  const isTold = code === 1 && error?.code === 'AGENT_BLOCKED' && Boolean(error.dialog)
  return isTold
    ? {note: `blocked: ${error.dialog.split('\n')[0]}`}
    : {problem: `start ended with ${code}: ${stdout}`}
}
