import {type StdioOptions, spawn} from 'node:child_process'
import {once} from 'node:events'
import {closeSync, openSync} from 'node:fs'
import {reasonOf} from '@gtown/sdk/files'
import {unavailable} from './errors.js'
import type {Place} from './life.js'
import {ask, NobodyListens} from './shim-client.js'

/** What shims carry for life, and all that belongs to no session: no killer takes them for a session's own. */
export const INFRA_MARKER = 'infra'

/** Where a program finds the shim of the session that it runs in. */
export const SOCKET_VARIABLE = 'GT_PTY_SOCKET'

type Command = readonly [string, ...string[]]

interface Surroundings {
  cwd: string
  env: Readonly<Record<string, string>>
}

/**
 * Starts a program that belongs to no session. Inside a session its shim starts it: as a child of ours it would
 * come to the agent when we end, and who ends the agent must not run below it.
 */
export async function runOutside(
  {env, timeoutMs}: Place,
  command: Command,
  {cwd, env: given}: Surroundings,
): Promise<void> {
  const {[SOCKET_VARIABLE]: _, ...rest} = given
  const surroundings = {cwd, env: rest}
  const socket = env[SOCKET_VARIABLE]
  if (!socket) return await runDetached(command, surroundings)
  try {
    await ask(
      {socket, name: 'around this command', timeoutMs},
      {ask: 'run', command: [...command], ...surroundings},
    )
  } catch (error) {
    if (!(error instanceof NobodyListens)) throw error
    await runDetached(command, surroundings)
  }
}

/**
 * Starts a program in the background; returns once it runs.
 *
 * @param hidden a descriptor of ours that every child would inherit, and that the program must not get
 */
export async function runDetached(
  [file, ...args]: Command,
  {cwd, env}: Surroundings,
  hidden?: number,
): Promise<void> {
  const nothing = openSync('/dev/null', 'r')
  const stdio: Extract<StdioOptions, unknown[]> = ['ignore', 'ignore', 'ignore']
  if (hidden !== undefined) stdio[hidden] = nothing
  try {
    const child = spawn(file, args, {
      cwd,
      env: {...env, GT_SESSION_ID: INFRA_MARKER},
      detached: true,
      stdio: Array.from(stdio, (entry) => entry ?? 'ignore'),
    })
    child.unref()
    await once(child, 'spawn')
  } catch (error) {
    throw unavailable(`${file} cannot be run: ${reasonOf(error)}`, {cause: error})
  } finally {
    closeSync(nothing)
  }
}
