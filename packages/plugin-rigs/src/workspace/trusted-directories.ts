import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'
import {GtError} from '@gtown/sdk'
import * as v from 'valibot'
import {readJsonFile} from '../files/json-file.js'
import {listOf, objectOf, text, version} from '../schema.js'
import {describeUser, findForeign} from './owner.js'
import type {Environment} from './workspace.js'

const trustedFormat = {version: 1, schema: objectOf({version, directories: v.nullish(listOf(text))})}

/** The workspaces of other users that this user trusts: real paths, in the order in which they were added. */
export async function readTrusted(env: Environment): Promise<string[]> {
  const file = trustedFile(env)
  const foreign = findForeign([file], env)
  if (foreign) {
    throw new GtError(`${file} is not used: it is owned by ${await describeUser(foreign.owner)}`, {
      code: 'UNTRUSTED_FILE',
      hint: 'Only you may say which workspaces you trust. Remove the file, or make it yours.',
    })
  }
  return (await readJsonFile(file, trustedFormat))?.directories ?? []
}

export async function isTrusted(realRoot: string, env: Environment): Promise<boolean> {
  return (await readTrusted(env)).includes(realRoot)
}

/** Where the user's list is, whether it is there or not. */
export function trustedFile(env: Environment): string {
  const configured = env.XDG_CONFIG_HOME
  // The XDG rules say that a relative path is to be ignored.
  const home = configured && isAbsolute(configured) ? configured : join(env.HOME || homedir(), '.config')
  return join(home, 'gtown', 'trusted.json')
}
