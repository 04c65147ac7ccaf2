import {lstat, mkdir} from 'node:fs/promises'
import {isAbsolute} from 'node:path'
import {hasErrno, reasonOf} from '@gtown/sdk/files'
import {unavailable} from './errors.js'

/** The strictest system allows 104 bytes for a socket's path, its terminator included. The file name takes 23. */
const MAX_LENGTH = 80

/**
 * Where the records and sockets of all sessions are: `GT_PTY_DIR`, else a fixed place in /tmp. No other variable changes
 * it, and XDG_RUNTIME_DIR is not used since it vanishes at logout. Two processes that looked in different places would
 * take running sessions for absent.
 */
export function sessionsFolder(env: NodeJS.ProcessEnv): string {
  return env.GT_PTY_DIR || `${outerFolder()}/pty`
}

function outerFolder(): string {
  return `/tmp/gt-${process.getuid?.()}`
}

/** The folders that must belong to this user alone, the outer one first. The last one is `sessionsFolder`. */
export function foldersOf(env: NodeJS.ProcessEnv): [string, ...string[]] {
  if (!env.GT_PTY_DIR) return [outerFolder(), sessionsFolder(env)]
  if (isAbsolute(env.GT_PTY_DIR) && Buffer.byteLength(env.GT_PTY_DIR) <= MAX_LENGTH) return [env.GT_PTY_DIR]
  throw unavailable(`GT_PTY_DIR cannot be '${env.GT_PTY_DIR}'`, {
    hint: `Use an absolute path of at most ${MAX_LENGTH} bytes: sockets are created in it.`,
  })
}

/** Creates missing folders. Rejects when an existing one is not this user's alone. */
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

/** False when a folder is missing, so that there is no session. Rejects when one is not this user's alone. */
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
  if (!found.isDirectory()) throw refused(folder, 'it is not a directory')
  if (found.uid !== process.getuid?.()) throw refused(folder, 'it belongs to another user')
  if (found.mode & 0o077) throw refused(folder, 'other users have access to it')
}

function refused(folder: string, reason: string, cause?: unknown) {
  return unavailable(`sessions cannot be kept in ${folder}: ${reason}`, {
    cause,
    hint: 'Remove it, or set GT_PTY_DIR to a folder of your own with mode 0700.',
  })
}
