import {constants} from 'node:fs'
import {access, stat} from 'node:fs/promises'
import {delimiter, isAbsolute, join, resolve} from 'node:path'
import {type AgentPreset, GtError} from '@gtown/sdk'

export interface ProgramSearch {
  /** A PATH. */
  searchPath: string
  /** What a command with a slash is relative to. */
  cwd: string
}

/**
 * The absolute path of the program that an agent's command means, looked up as a shell would: in `searchPath`
 * (a PATH), or relative to `cwd` when the command has a slash.
 */
export async function findAgentProgram(
  name: string,
  preset: AgentPreset,
  {searchPath, cwd}: ProgramSearch,
): Promise<string> {
  const program = await lookUpProgram(preset.command, {searchPath, cwd})
  if (program !== undefined) return program
  const place = preset.command.includes('/') ? 'is no program' : 'not found in PATH'
  throw new GtError(`agent '${name}' is not installed: '${preset.command}' ${place}`, {
    code: 'AGENT_NOT_INSTALLED',
    hint: hintFor(preset.command),
  })
}

/** The same, and undefined where there is no such program. */
export async function lookUpProgram(
  command: string,
  {searchPath, cwd}: ProgramSearch,
): Promise<string | undefined> {
  for (const candidate of candidates(command, searchPath, cwd)) {
    if (await isProgram(candidate)) return candidate
  }
  return undefined
}

function candidates(command: string, searchPath: string, cwd: string): string[] {
  if (command.includes('/')) return [resolve(cwd, command)]
  // A relative or empty entry of PATH would pick a program out of the project's own files.
  const directories = searchPath.split(delimiter).filter(isAbsolute)
  return directories.map((directory) => join(directory, command))
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return false
    throw error
  }
}

function hintFor(command: string): string {
  const pick =
    'Install it, or pick another with --agent or "default_agent" in the town\'s settings/config.json.'
  return /\s/.test(command) ? `The command is one program; its arguments belong into "args". ${pick}` : pick
}
