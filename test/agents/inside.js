// The part of the run that has a network of its own. Its argument is what run.js was asked for, as JSON.
import {execFileSync} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {networkInterfaces} from 'node:os'
import {agents} from './support/agents.js'
import {nudgeCases} from './support/nudge-cases.js'
import {killSince} from './support/processes.js'
import {report} from './support/report.js'
import {startCases} from './support/start-cases.js'
import {stateCases} from './support/state-cases.js'
import {besideOwn, idle, withoutGt, withTool} from './support/stop-cases.js'
import {startStubModel} from './support/stub-model.js'
import {workerCases} from './support/worker-cases.js'
import {makeWorld} from './support/world.js'

const suites = {
  stop: {'no gt, TERM': withoutGt, idle, 'tool runs': withTool, 'beside own': besideOwn},
  states: stateCases,
  starts: startCases,
  nudges: nudgeCases,
  workers: workerCases,
}
const task = JSON.parse(process.argv[2])

execFileSync('ip', ['link', 'set', 'lo', 'up'])
if (Object.keys(networkInterfaces()).some((name) => name !== 'lo')) throw new Error('there is a network')
// Without them the case that is being tried fails, and puts everything away.
process.on('SIGINT', () => killSince(new Map()))

const rows = []
for (const {name, folder} of task.programs) {
  if (folder) await tryAgent(name, folder)
  else rows.push({agent: name, case: 'not installed'})
}
process.stdout.write(report(rows))
process.exitCode = rows.some(isFault) ? 1 : 0

async function tryAgent(name, folder) {
  const agent = agents.find((candidate) => candidate.name === name)
  for (const suite of task.suites) {
    for (const [label, measure] of Object.entries(suites[suite])) {
      if (task.case && !task.case.includes(label)) continue
      if (agent.shares && (suite !== 'stop' || measure === besideOwn)) continue
      process.stderr.write(`${name}, ${suite}, ${label}\n`)
      const result = await tryCase(agent, folder, measure).catch(({stack}) => ({problem: stack}))
      if (result.problem) process.stderr.write(`${result.problem}\n`)
      rows.push({agent: name, suite, case: label, measure, ...result})
    }
  }
}

/** In a world of its own, with a model of its own. */
async function tryCase(agent, folder, measure) {
  const canary = `GT_AGENTS_CANARY=${randomUUID()}`
  const model = await startStubModel()
  const world = makeWorld(folder)
  try {
    const context = {world, canary, model, nudges: task.nudges, isVerbose: task.verbose}
    return await measure({...context, agent: world.useAgent(agent, model.address)})
  } finally {
    await killSince(new Map(), canary)
    world.remove()
    model.close()
  }
}

/** What an agent leaves behind without gt is none of gt's. */
function isFault({measure, problem, survivors = []}) {
  return problem !== undefined || (measure !== withoutGt && survivors.length > 0)
}
