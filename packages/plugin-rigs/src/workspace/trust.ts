import {realpathSync} from 'node:fs'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {describeUser, findForeign} from './owner.js'
import {isTrusted} from './trusted-directories.js'
import type {Environment, Workspace} from './workspace.js'

/**
 * Settings decide which programs run. So the files that gt reads in a workspace must belong to the user, unless the user
 * trusts the workspace.
 *
 * Rejects with `UNTRUSTED_WORKSPACE` when one of the paths belongs to another user. A missing path passes.
 */
export async function checkOwner({town, env}: Workspace, ...paths: string[]): Promise<void> {
  const refusal = await findRefusal(town.root, paths, env)
  if (refusal) throw refusal
}

/** The error for a directory that may not be used as a workspace; undefined when it may. */
export function refuseMarker(root: string, env: Environment): Promise<GtError | undefined> {
  const mayor = join(root, 'mayor')
  return findRefusal(root, [mayor, join(mayor, 'town.json')], env)
}

async function findRefusal(root: string, paths: string[], env: Environment): Promise<GtError | undefined> {
  const foreign = findForeign(paths, env)
  if (!foreign || (await isTrusted(realpathSync.native(root), env))) return undefined
  const whose = `${foreign.path} is owned by ${await describeUser(foreign.owner)}`
  return new GtError(`the workspace ${root} belongs to another user: ${whose}`, {
    code: 'UNTRUSTED_WORKSPACE',
    hint: `If you trust it, run: gt trust ${root}`,
  })
}
