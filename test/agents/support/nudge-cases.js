// Many nudges at once into each situation: none may choose or approve anything, be lost or come twice.
import {setTimeout as sleep} from 'node:timers/promises'
import {FORBIDDEN, situations} from './situations.js'
import {inSession} from './state-cases.js'
import {lastLines, SESSION, stillLines, TURN_MS} from './terminal.js'
import {until} from './until.js'

/** What stays queued longer than this expires, where the agent takes nothing until somebody else acts. */
const EXPIRES = '12s'
const LONG = '20m'
/** So that what the situation opened is drawn to its end. */
const SETTLE_MS = 2000
const PAUSE_MS = 1000
const MOST_PAUSES = 1200

/** Words that answer a dialog, and letters that do so without an Enter. */
const BEGINNINGS = ['yes', 'p', '1', 'a', 'n']

const tried = ['idle', 'streaming', 'permission', 'dialog', 'draft', 'menu']

/** A case for each situation, by its name. */
export const nudgeCases = Object.fromEntries(
  tried.map((name) => [name, (context) => nudgeInto(context, situations[name])]),
)

async function nudgeInto(context, situation) {
  return inSession(context, situation, async (running) => {
    const {world, agent, model, nudges} = running
    await sleep(SETTLE_MS)
    const kept = world.kept(agent.approvals)
    const shown = stillLines(world, SESSION)
    const takesThem = situation.is.includes('idle') || situation.is.includes('busy')
    const texts = Array.from({length: nudges}, (_, index) => `${BEGINNINGS[index % 5]} nudge-${index}-end`)
    const receipts = await settled(world, await send(world, texts, takesThem ? LONG : EXPIRES))
    const states = receipts.map(({state}) => state)
    const delivered = texts.filter((_, index) => states[index] === 'delivered')
    await until(() => delivered.every((text) => model.heard(text) > 0), TURN_MS)
    const faults = [
      ...texts.flatMap((text, index) => faultOf(receipts[index], model.heard(text))),
      ...(takesThem ? lost(states) : changes(world, shown, states)),
      ...(world.has(FORBIDDEN) ? ['a command was approved'] : []),
      ...(world.kept(agent.approvals) === kept ? [] : ['its settings were changed']),
    ]
    return {
      note: [...new Set(states)].map((state) => `${count(states, state)} ${state}`).join(', '),
      ...(faults.length > 0 && {problem: `${faults.join('\n')}\nnow:\n${lastLines(world, SESSION)}`}),
    }
  })
}

function lost(states) {
  return states.every((state) => state === 'delivered') ? [] : ['not every one was delivered']
}

/** What shows that a key was pressed where none may be. */
function changes(world, shown, states) {
  return [
    ...(states.every((state) => state === 'expired') ? [] : ['something was typed']),
    ...(stillLines(world, SESSION) === shown ? [] : [`its screen has changed; it was:\n${shown}`]),
  ]
}

/** All at once; resolves with their ids. */
async function send(world, texts, expires) {
  const nudge = (text) =>
    world.gt('nudge', 'alpha/witness', text, '--wait', '2s', '--expires', expires, '--json')
  return (await Promise.all(texts.map(nudge))).map(({stdout}) => JSON.parse(stdout).id)
}

/** Asks for the receipts until none of them can change any more. */
async function settled(world, ids) {
  const receipts = []
  for (const id of ids) {
    let receipt
    for (let pause = 0; pause < MOST_PAUSES; pause++) {
      receipt = JSON.parse((await world.gt('nudge', 'receipt', id, '--json')).stdout)
      if (['delivered', 'expired', 'failed'].includes(receipt.state)) break
      await sleep(PAUSE_MS)
    }
    receipts.push(receipt)
  }
  return receipts
}

/** A text that was delivered was heard once, any other never; one that failed may have been, and says so. */
function faultOf({id, state, reason}, heard) {
  const expected = state === 'delivered' ? 1 : 0
  return heard === expected ? [] : [`${id} is ${state} (${reason}), and was heard ${heard} times`]
}

function count(values, wanted) {
  return values.filter((value) => value === wanted).length
}
