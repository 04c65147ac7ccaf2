import {randomBytes} from 'node:crypto'
import {stat} from 'node:fs/promises'
import {
  type AgentPreset,
  addressOf,
  GtError,
  placeOf,
  type RoleDefinition,
  type RoleRef,
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
import {chooseBackend} from './backend-of.js'
import type {Services} from './services.js'
import {sessionSpec} from './session-spec.js'

export interface Prepared {
  backend: SessionBackend
  spec: SessionSpec
  agent: ChosenAgent
  acceptDialogs: boolean
}

/** Does all that can fail before a session exists: chooses the agent, finds its program and its directory, and the backend. */
export async function prepare(
  services: Services,
  role: RoleDefinition,
  ref: RoleRef,
  options: StartOptions,
): Promise<Prepared> {
  const requested = options.agent
  const settings = await (ref.rig ?? ref.town).agentSettings()
  const env = options.env ?? {}
  const path = env.PATH ?? services.env.PATH ?? ''
  const agent = await chooseAgent(
    {role: role.name, settings, builtIn: role.builtInAgent, ...(requested !== undefined && {requested})},
    {searchPath: path, cwd: placeOf(ref)},
  )
  for (const warning of agent.warnings) services.warn(warning)
  const program = await findAgentProgram(agent.name, agent.preset, {
    searchPath: env.PATH ?? agent.preset.env.PATH ?? path,
    cwd: await workDir(role, ref),
  })
  // A settings directory that this makes may be the better place to work in: look again afterwards.
  const settingsFile = (await knownAgent(agent.preset.command))?.settings
  if (settingsFile) await ensureSettings(role.homeDir(ref), settingsFile)
  const acceptDialogs = options.acceptDialogs ?? approves(agent.preset)
  const spec = sessionSpec({
    role,
    ref,
    agent: {...agent, program, version: await programVersion(program)},
    showsKnownScreens: (await knownAgent(kindOf(agent.preset)))?.screens !== undefined,
    agentRequested: requested !== undefined,
    cwd: await workDir(role, ref),
    env,
    acceptDialogs,
    incarnation: randomBytes(8).toString('hex'),
  })
  return {spec, agent, acceptDialogs, backend: await chooseBackend(services, ref, options.backend)}
}

/** Whether the user has set the agent up to work without questions. */
function approves({autoApprove, args}: AgentPreset): boolean {
  return autoApprove !== undefined && args.includes(autoApprove)
}

async function workDir(role: RoleDefinition, ref: RoleRef): Promise<string> {
  const candidates = role.workDirs(ref)
  for (const directory of candidates) {
    if (await isDirectory(directory)) return directory
  }
  const last = candidates.at(-1)
  if (role.makesWorkDir && last !== undefined) return await madeWorkDir(last)
  throw new GtError(`${addressOf(role, ref)} has no directory to work in: ${last} is missing`, {
    code: 'NO_WORK_DIR',
  })
}

async function madeWorkDir(path: string): Promise<string> {
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
