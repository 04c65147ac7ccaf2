import type {Town} from '@gtown/sdk'
import {type AgentSettings, hasCode} from '@gtown/sdk'
import {chooseAgent} from '../agents/choose.js'
import {findAgentProgram} from '../agents/find-program.js'
import {knownNames} from '../agents/known/index.js'
import {programVersion} from '../agents/program-version.js'
import {resolveAgent} from '../agents/resolve.js'
import {witness} from '../roles/witness.js'
import {readableSettings} from './backends.js'
import {type Check, failure, ok} from './check.js'
import type {Diagnostics} from './diagnostics.js'

/**
 * Checks which agents are installed: the known ones and those of the town's settings. Only the one that a witness
 * runs is required.
 */
export async function checkAgents({place}: Diagnostics, town: Town | undefined): Promise<Check[]> {
  const settings = await readableSettings(town)
  const names = new Set([...knownNames, ...settings.flatMap(({agents}) => Object.keys(agents))])
  const search = {searchPath: place.env.PATH ?? '', cwd: town?.root ?? place.cwd ?? '/'}
  const checks = await Promise.all([...names].map((name) => checkAgent(name, settings, search)))
  return [...checks, await checkDefault(settings, search)]
}

interface Search {
  searchPath: string
  cwd: string
}

async function checkAgent(name: string, settings: readonly AgentSettings[], search: Search): Promise<Check> {
  try {
    const {preset} = await resolveAgent({role: '', requested: name, settings})
    const program = await findAgentProgram(name, preset, search)
    const version = await programVersion(program)
    return ok('agent', `${name}: ${program}${version === undefined ? '' : `, version ${version}`}`)
  } catch (error) {
    if (hasCode(error, 'AGENT_NOT_INSTALLED')) return ok('agent', `${name}: not installed`)
    return failure('agent', error)
  }
}

async function checkDefault(settings: readonly AgentSettings[], search: Search): Promise<Check> {
  try {
    const {name: role, builtInAgent: builtIn} = witness
    const {name, preset, isFallback} = await chooseAgent({role, settings, builtIn}, search)
    await findAgentProgram(name, preset, search)
    const why = isFallback ? ', since no AI agent is configured or installed' : ''
    return ok('agent', `${name} is what a witness runs${why}`)
  } catch (error) {
    return failure('agent', error)
  }
}
