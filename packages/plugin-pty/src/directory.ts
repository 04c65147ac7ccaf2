import {lstat, mkdir} from 'node:fs/promises'
import {isAbsolute} from 'node:path'
import {hasErrno, reasonOf} from '@gtown/sdk/files'
import {unavailable} from './errors.js'

/** A socket's path has at most 104 bytes on the strictest system, its end included; the file's name takes 23. */
const MAX_LENGTH = 80

/**
 * Where records and sockets of all sessions are: `GT_PTY_DIR`, else one place in /tmp. Nothing else of the environment
 * has a say, and no log-in's folder is used, which goes with the log-in: looked for in another place, a running session
 * would be absent.
 */
export function sessionsFolder(env: NodeJS.ProcessEnv): string {
  return env.GT_PTY_DIR || `${outerFolder()}/pty`
}

function outerFolder(): string {
  return `/tmp/gt-${process.getuid?.()}`
}

/** The folders that must be ours alone, the outer first; the last one is that of the sessions. */
export function foldersOf(env: NodeJS.ProcessEnv): [string, ...string[]] {
  if (!env.GT_PTY_DIR) return [outerFolder(), sessionsFolder(env)]
  if (isAbsolute(env.GT_PTY_DIR) && Buffer.byteLength(env.GT_PTY_DIR) <= MAX_LENGTH) return [env.GT_PTY_DIR]
  throw unavailable(`GT_PTY_DIR cannot be '${env.GT_PTY_DIR}'`, {
    hint: `It has to be an absolute path of at most ${MAX_LENGTH} bytes, since sockets are made in it.`,
  })
}

/** Makes the folders that are not there. Rejects when one is there that somebody else can write to. */
export async function makeFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    try {
      await mkdir(folder, {mode: 0o700})
    } catch (error) {
      if (!hasErrno(error, 'EEXIST')) throw refused(folder, reasonOf(error), error)
    }
    await checkFolder(folder)
  }
}

/** False when there is none, and so no session. Rejects when one is there that somebody else can write to. */
export async function checkFolders(folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    try {
      await checkFolder(folder)
    } catch (error) {
      if (hasErrno(error, 'ENOENT')) return false
      throw error
    }
  }
  return true
}

async function checkFolder(folder: string): Promise<void> {
  const found = await lstat(folder)
  if (!found.isDirectory()) throw refused(folder, 'it is not a directory, or a link to one')
  if (found.uid !== process.getuid?.()) throw refused(folder, 'it is another user’s')
  if (found.mode & 0o077) throw refused(folder, 'other users may enter it')
}

function refused(folder: string, reason: string, cause?: unknown) {
  return unavailable(`sessions cannot be kept in ${folder}: ${reason}`, {
    cause,
    hint: `Remove it, or name a folder of your own, mode 0700, in GT_PTY_DIR.`,
  })
}
