import {randomBytes} from 'node:crypto'
import {stat} from 'node:fs/promises'
import {
  type AgentPreset,
  GtError,
  placeOf,
  type RoleDefinition,
  type SessionBackend,
  type SessionSpec,
  type StartOptions,
} from '@gtown/sdk'
import {hasErrno, makeOwnFolder, unwritable} from '@gtown/sdk/files'
import {type ChosenAgent, chooseAgent} from '../agents/choose.js'
import {findAgentProgram} from '../agents/find-program.js'
import {kindOf} from '../agents/kind.js'
import {knownAgent} from '../agents/known/index.js'
import {programVersion} from '../agents/program-version.js'
import {ensureSettings} from '../agents/settings-file.js'
import type {AgentRef} from './agent-ref.js'
import {chooseBackend} from './backend-of.js'
import type {Services} from './services.js'
import {sessionSpec} from './session-spec.js'

export interface Prepared {
  backend: SessionBackend
  spec: SessionSpec
  chosen: ChosenAgent
  acceptDialogs: boolean
}

/**
 * Does everything that can fail before a session exists: chooses the AI agent and the backend, and finds the program
 * and the working directory.
 */
export async function prepare(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  options: StartOptions,
): Promise<Prepared> {
  const {role} = agent
  const requested = options.agent
  const settings = await (agent.rig ?? agent.town).agentSettings()
  const env = options.env ?? {}
  const path = env.PATH ?? services.env.PATH ?? ''
  const chosen = await chooseAgent(
    {role: role.name, settings, builtIn: role.builtInAgent, ...(requested !== undefined && {requested})},
    {searchPath: path, cwd: placeOf(agent)},
  )
  for (const warning of chosen.warnings) services.warn(warning)
  const program = await findAgentProgram(chosen.name, chosen.preset, {
    searchPath: env.PATH ?? chosen.preset.env.PATH ?? path,
    cwd: await workDir(agent),
  })
  // This may create a directory that is a better working directory, so `workDir` runs again below.
  const settingsFile = (await knownAgent(chosen.preset.command))?.settings
  if (settingsFile) await ensureSettings(role.homeDir(agent), settingsFile)
  const acceptDialogs = options.acceptDialogs ?? approves(chosen.preset)
  const spec = sessionSpec(agent, {
    chosen: {...chosen, program, version: await programVersion(program)},
    showsKnownScreens: (await knownAgent(kindOf(chosen.preset)))?.screens !== undefined,
    isRequested: requested !== undefined,
    cwd: await workDir(agent),
    env,
    acceptDialogs,
    incarnation: randomBytes(8).toString('hex'),
  })
  return {spec, chosen, acceptDialogs, backend: await chooseBackend(services, agent, options.backend)}
}

/** Whether the user has configured the agent to work without asking. */
function approves({autoApprove, args}: AgentPreset): boolean {
  return autoApprove !== undefined && args.includes(autoApprove)
}

async function workDir(agent: AgentRef<RoleDefinition>): Promise<string> {
  const {role} = agent
  const candidates = role.workDirs(agent)
  for (const directory of candidates) {
    if (await isDirectory(directory)) return directory
  }
  const last = candidates.at(-1)
  if (role.makesWorkDir && last !== undefined) return await makeWorkDir(last)
  throw new GtError(`${agent.address} has no directory to work in: ${last} is missing`, {
    code: 'NO_WORK_DIR',
  })
}

async function makeWorkDir(path: string): Promise<string> {
  try {
    await makeOwnFolder(path, 0o755)
    return path
  } catch (error) {
    throw unwritable(path, error)
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw error
  }
}
