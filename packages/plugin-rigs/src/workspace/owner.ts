import {lstatSync, readFileSync, statSync} from 'node:fs'
import {hasErrno, unreadable} from '@gtown/sdk/files'
import type {Environment} from './workspace.js'

/**
 * The first path that another user owns, with that user's uid. For a link, both the link and its target count. Missing
 * paths are skipped. For root under sudo, the files of the user who called sudo count as own. Synchronous: a turn of
 * the event loop takes longer than the call, and a town may have hundreds of rigs.
 */
export function findForeign(
  paths: readonly string[],
  env: Environment,
): {path: string; owner: number} | undefined {
  const own = ownUids(env)
  for (const path of paths) {
    const owner = foreignOwner(path, own)
    if (owner !== undefined) return {path, owner}
  }
  return undefined
}

function foreignOwner(path: string, own: ReadonlySet<number>): number | undefined {
  try {
    const entry = lstatSync(path)
    if (!own.has(entry.uid)) return entry.uid
    if (!entry.isSymbolicLink()) return undefined
    const {uid} = statSync(path)
    return own.has(uid) ? undefined : uid
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw unreadable(path, error)
  }
}

/** A user for a message, such as `nobody (uid 65534)`. */
export async function describeUser(uid: number): Promise<string> {
  const name = await userName(uid)
  return name ? `${name} (uid ${uid})` : `uid ${uid}`
}

function ownUids(env: Environment): Set<number> {
  // On a system without uids, files report 0.
  const uid = process.geteuid?.() ?? 0
  const sudoUid = env.SUDO_UID ?? ''
  return new Set(uid === 0 && /^\d+$/.test(sudoUid) ? [uid, Number(sudoUid)] : [uid])
}

async function userName(uid: number): Promise<string | undefined> {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
    return lines.map((line) => line.split(':')).find((fields) => fields[2] === String(uid))?.[0]
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'EACCES')) return undefined
    throw error
  }
}
