import {type StdioOptions, spawn} from 'node:child_process'
import {once} from 'node:events'
import {closeSync, openSync} from 'node:fs'
import {INFRA_MARKER} from '@gtown/sdk'
import {reasonOf} from '@gtown/sdk/files'
import {unavailable} from './errors.js'
import type {Place} from './life.js'
import {askShim, NobodyListens} from './shim-client.js'

/** Variable with the socket of the shim in whose session a program runs. */
export const SOCKET_VARIABLE = 'GT_PTY_SOCKET'

type Command = readonly [string, ...string[]]

interface Surroundings {
  cwd: string
  env: Readonly<Record<string, string>>
}

/**
 * Starts a program that belongs to no session. Inside a session the shim starts it: as our child it would be adopted
 * by the agent when we end, and a program that ends the agent must not run below it.
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
    await askShim(
      {socket, name: '(the current one)', timeoutMs},
      {ask: 'run', command: [...command], ...surroundings},
    )
  } catch (error) {
    if (!(error instanceof NobodyListens)) throw error
    await runDetached(command, surroundings)
  }
}

/**
 * Starts a program in the background, and returns once it runs.
 *
 * @param hidden a descriptor of ours that children inherit, and that the program must not get
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
