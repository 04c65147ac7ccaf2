import {closeSync, constants, fstatSync, openSync, readFileSync, statSync} from 'node:fs'
import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'
import type {CompletionTree} from './tree.js'

const VERSION = 1

/** The gt and the user to whom a tree belongs. */
export interface CacheOwner {
  /** Absolute path of the running gt. */
  root: string
  env: Readonly<Record<string, string | undefined>>
  platform: NodeJS.Platform
}

/** Path of the cache file. */
export function cacheFile({env, platform}: CacheOwner): string {
  if (env.GT_CACHE_DIR && isAbsolute(env.GT_CACHE_DIR)) return join(env.GT_CACHE_DIR, 'completion.json')
  const home = env.HOME || homedir()
  const xdg = env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : undefined
  const base = platform === 'darwin' ? join(home, 'Library', 'Caches') : (xdg ?? join(home, '.cache'))
  return join(base, 'gtown', 'completion.json')
}

/**
 * The cached tree; undefined when a command, a plugin or gt has changed since, and for a file that is damaged or belongs
 * to another user. Checked by hand: a keystroke has no time to load schemas.
 */
export function readCache(owner: CacheOwner): CompletionTree | undefined {
  try {
    const {version, key, stamps, tree} = JSON.parse(readOwn(cacheFile(owner)))
    if (version !== VERSION || key !== keyOf(owner)) return undefined
    const same = Object.entries(stamps as Record<string, string>).every(
      ([path, stamp]) => stampOf(path) === stamp,
    )
    return same ? (tree as CompletionTree) : undefined
  } catch (error) {
    // Missing or damaged: it is built again.
    if (isErrno(error) || error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}

/** The content of the cache file. It is valid until one of the paths is changed, created or removed. */
export function cacheText(owner: CacheOwner, tree: CompletionTree, paths: readonly string[]): string {
  const stamps = Object.fromEntries(paths.map((path) => [path, stampOf(path)]))
  return JSON.stringify({version: VERSION, key: keyOf(owner), stamps, tree})
}

/** What determines the set of plugins, besides the stamped files. */
function keyOf({root, env}: CacheOwner): string {
  return JSON.stringify([root, env.HOME ?? '', env.XDG_DATA_HOME ?? '', env.GT_DATA_DIR ?? ''])
}

function readOwn(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const {uid} = fstatSync(descriptor)
    // A file of another user is ignored.
    if (process.geteuid && uid !== process.geteuid()) return '{}'
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}

/** Includes the inode, since an installed package may have old modification times. */
function stampOf(path: string): string {
  const found = statSync(path, {throwIfNoEntry: false})
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : ''
}

function isErrno(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
