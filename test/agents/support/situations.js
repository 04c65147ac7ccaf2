// Where an agent can be found. Each is brought about by what the model does or a person types, and is known to be true
// from what the model, the processes and the agent's own words on the screen tell, never from gt.
import {setTimeout as sleep} from 'node:timers/promises'
import {processesSince} from './processes.js'
import {SESSION, shows, submit, TURN_MS, type} from './terminal.js'
import {until} from './until.js'

/** What the agent makes if a command is run that nobody has allowed. */
export const FORBIDDEN = 'forbidden'
const DRAFT = 'half a li'

const TOOL = 'tail -f /dev/null'
const STREAM_SECONDS = 12

/** Longer than any agent needs to show that its turn is over, or that it tries again. */
const REST_MS = 3000

/** Longer than the pause between two tries of any agent. */
const RETRY_MS = 30_000

/**
 * @typedef {object} Situation
 * @property {string[]} is the states that are true, besides `unknown`
 * @property {(context: object) => Promise<string[]>} [isNot] afterwards: which of them were not true after all
 * @property {boolean} [asking] the agent runs without its flag to approve everything
 * @property {(agent: object) => boolean} [known] false where the agent has no such situation
 * @property {(context: object) => Promise<unknown>} bring resolves with something truthy when it has come about
 */

/** @type {Record<string, Situation>} */
export const situations = {
  idle: {is: ['idle'], bring: async () => true},
  streaming: {
    is: ['busy'],
    async bring({world, model}) {
      await submit(world, SESSION, `SLOW{${STREAM_SECONDS}}`)
      return until(() => model.isTalking(), TURN_MS)
    },
  },
  tool: {
    is: ['busy'],
    async bring({world, canary}) {
      await submit(world, SESSION, `RUN{${TOOL}}`)
      const runs = ({command}) => command === TOOL
      return until(() => [...processesSince(new Map(), canary).values()].some(runs), TURN_MS)
    },
  },
  permission: {
    is: ['permission'],
    asking: true,
    async bring({world, agent}) {
      await submit(world, SESSION, `ESCALATE{touch ${FORBIDDEN}}`)
      return shows(world, SESSION, agent.shows.permission)
    },
  },
  question: {
    is: ['question'],
    known: ({shows: {question}}) => question !== undefined,
    async bring({world, agent}) {
      await submit(world, SESSION, 'ASK{}')
      return shows(world, SESSION, agent.shows.question)
    },
  },
  // Which of the two a list of models is, or of providers to sign in with, is a matter of taste.
  dialog: {
    is: ['dialog', 'menu'],
    async bring({world, agent}) {
      await submit(world, SESSION, agent.dialogCommand)
      return shows(world, SESSION, agent.shows.dialog)
    },
  },
  menu: {
    is: ['menu', 'draft'],
    async bring({world, agent}) {
      await type(world, SESSION, '/')
      return shows(world, SESSION, agent.shows.menu)
    },
  },
  draft: {
    is: ['draft'],
    async bring({world}) {
      await type(world, SESSION, DRAFT)
      return shows(world, SESSION, new RegExp(DRAFT))
    },
  },
  'after a turn': {
    is: ['idle'],
    async bring({world, model}) {
      await submit(world, SESSION, 'SLOW{1}')
      await until(() => model.isTalking(), TURN_MS)
      const ended = await until(() => !model.isTalking(), TURN_MS)
      await sleep(REST_MS)
      return ended
    },
  },
  'error 401': failure(401),
  'error 429': failure(429),
}

/** Some agents give up at once and wait for their user, others try again for minutes. */
function failure(status) {
  return {
    is: ['idle', 'limit', 'dialog', 'busy'],
    bring: (context) => fail(context, status),
    async isNot({model}) {
      const before = model.refused()
      return (await until(() => model.refused() > before, RETRY_MS)) ? ['idle', 'dialog'] : []
    },
  }
}

async function fail({world, model}, status) {
  const before = model.refused()
  await submit(world, SESSION, `FAIL{${status}}`)
  const refused = await until(() => model.refused() > before, TURN_MS)
  await sleep(REST_MS)
  return refused
}
