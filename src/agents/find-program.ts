import {constants} from 'node:fs'
import {access, stat} from 'node:fs/promises'
import {delimiter, isAbsolute, join, resolve} from 'node:path'
import {type AgentPreset, GtError} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'

export interface ProgramSearch {
  /** A PATH. */
  searchPath: string
  /** Base directory for a command with a slash. */
  cwd: string
}

/**
 * The absolute path of an agent's program, looked up as a shell would: in `searchPath` (a PATH), or relative to `cwd`
 * when the command has a slash. Rejects with `AGENT_NOT_INSTALLED` when there is none.
 */
export async function findAgentProgram(
  name: string,
  preset: AgentPreset,
  {searchPath, cwd}: ProgramSearch,
): Promise<string> {
  const program = await lookUpProgram(preset.command, {searchPath, cwd})
  if (program !== undefined) return program
  const place = preset.command.includes('/') ? 'is not an executable file' : 'not found in PATH'
  throw new GtError(`agent '${name}' is not installed: '${preset.command}' ${place}`, {
    code: 'AGENT_NOT_INSTALLED',
    hint: hintFor(preset.command),
  })
}

/** Like `findAgentProgram`, but undefined when there is no such program. */
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
  // A relative or empty entry of PATH could pick a program from the project's files.
  const directories = searchPath.split(delimiter).filter(isAbsolute)
  return directories.map((directory) => join(directory, command))
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'EACCES', 'ENOTDIR', 'ENAMETOOLONG')) return false
    throw error
  }
}

function hintFor(command: string): string {
  const pick =
    'Install it, or pick another with --agent or "default_agent" in the town\'s settings/config.json.'
  return /\s/.test(command) ? `The command is a single program; put its arguments into "args". ${pick}` : pick
}
