// The part of the run that has a network of its own. Its argument: the agents and where their programs are, as JSON.
import {execFileSync} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {networkInterfaces} from 'node:os'
import {agents} from './support/agents.js'
import {besideOwn, idle, withoutGt, withTool} from './support/cases.js'
import {killSince} from './support/processes.js'
import {report} from './support/report.js'
import {startStubModel} from './support/stub-model.js'
import {makeWorld} from './support/world.js'

const cases = {'no gt, TERM': withoutGt, idle, 'tool runs': withTool, 'beside own': besideOwn}

execFileSync('ip', ['link', 'set', 'lo', 'up'])
if (Object.keys(networkInterfaces()).some((name) => name !== 'lo')) throw new Error('there is a network')
// Without them the case that is being tried fails, and puts everything away.
process.on('SIGINT', () => killSince(new Map()))

const model = await startStubModel()
const rows = []
for (const {name, folder} of JSON.parse(process.argv[2])) {
  if (folder) await tryAgent(name, folder)
  else rows.push({agent: name, case: 'not installed'})
}
model.close()
process.stdout.write(report(rows))
process.exitCode = rows.some(isFault) ? 1 : 0

async function tryAgent(name, folder) {
  const canary = `GT_AGENTS_CANARY=${randomUUID()}`
  const world = makeWorld(folder)
  try {
    const agent = agents.find((candidate) => candidate.name === name)
    for (const [label, measure] of Object.entries(cases)) {
      if (agent.shares && measure === besideOwn) continue
      process.stderr.write(`${name}, ${label}\n`)
      const result = await measure({world, canary, agent: world.useAgent(agent, model.address)})
      rows.push({agent: name, case: label, ...result})
    }
  } finally {
    await killSince(new Map(), canary)
    world.remove()
  }
}

/** What an agent leaves behind without gt is none of gt's. */
function isFault({case: name, problem, survivors = []}) {
  return problem !== undefined || (cases[name] !== withoutGt && survivors.length > 0)
}
