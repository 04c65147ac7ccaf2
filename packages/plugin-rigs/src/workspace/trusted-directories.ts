import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'
import {GtError} from '@gtown/sdk'
import * as v from '@gtown/sdk/schema'
import {readJsonFile} from '../files/json-file.js'
import {describeUser, findForeign} from './owner.js'
import type {Environment} from './workspace.js'

const trustedFormat = {
  version: 1,
  schema: v.objectOf({version: v.nullish(v.number), directories: v.nullish(v.listOf(v.text))}),
}

/** The workspaces of other users that this user trusts: real paths, in the order in which they were added. */
export async function readTrusted(env: Environment): Promise<readonly string[]> {
  const file = trustedFile(env)
  const foreign = findForeign([file], env)
  if (foreign) {
    throw new GtError(`${file} is not used: it is owned by ${await describeUser(foreign.owner)}`, {
      code: 'UNTRUSTED_FILE',
      hint: 'Only your own file may say which workspaces you trust. Remove it, or take ownership of it.',
    })
  }
  return (await readJsonFile(file, trustedFormat))?.directories ?? []
}

export async function isTrusted(realRoot: string, env: Environment): Promise<boolean> {
  return (await readTrusted(env)).includes(realRoot)
}

/** Path of the user's list, whether it exists or not. */
export function trustedFile(env: Environment): string {
  const configured = env.XDG_CONFIG_HOME
  // The XDG specification says to ignore a relative path.
  const home = configured && isAbsolute(configured) ? configured : join(env.HOME || homedir(), '.config')
  return join(home, 'gtown', 'trusted.json')
}
