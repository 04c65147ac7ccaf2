import {randomBytes} from 'node:crypto'
import {stat} from 'node:fs/promises'
import {GtError, type RoleDefinition, type RoleRef, type SessionSpec, type StartOptions} from '@gtown/sdk'
import {ensureClaudeSettings} from '../agents/claude-settings.js'
import {findAgentProgram} from '../agents/find-program.js'
import {type ResolvedAgent, resolveAgent} from '../agents/resolve.js'
import type {Services} from './services.js'
import {sessionSpec} from './session-spec.js'

export interface Prepared {
  spec: SessionSpec
  agent: ResolvedAgent
}

/** Does all that can fail before a session exists: chooses the agent, finds its program and its directory. */
export async function prepare(
  services: Services,
  role: RoleDefinition,
  ref: RoleRef,
  options: StartOptions,
): Promise<Prepared> {
  const requested = options.agent
  const settings = await ref.rig.agentSettings()
  const agent = resolveAgent({role: role.name, settings, ...(requested !== undefined && {requested})})
  for (const warning of agent.warnings) services.warn(warning)
  const env = options.env ?? {}
  const searchPath = env.PATH ?? agent.preset.env.PATH ?? services.env.PATH ?? ''
  const program = await findAgentProgram(agent.name, agent.preset, {
    searchPath,
    cwd: await workDir(role, ref),
  })
  // A settings directory that this makes may be the better place to work in: look again afterwards.
  if (agent.preset.command === 'claude') await ensureClaudeSettings(role.homeDir(ref))
  const spec = sessionSpec({
    role,
    ref,
    agent: {...agent, program},
    agentRequested: requested !== undefined,
    cwd: await workDir(role, ref),
    env,
    incarnation: randomBytes(8).toString('hex'),
  })
  return {spec, agent}
}

async function workDir(role: RoleDefinition, ref: RoleRef): Promise<string> {
  const candidates = role.workDirs(ref)
  for (const directory of candidates) {
    if (await isDirectory(directory)) return directory
  }
  throw new GtError(`rig '${ref.rig.name}' has no directory to work in: ${candidates.at(-1)} is missing`, {
    code: 'NO_WORK_DIR',
  })
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return false
    throw error
  }
}
