import {lstatSync, mkdirSync} from 'node:fs'
import {enableCompileCache} from 'node:module'
import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'

/**
 * Lets Node keep the compiled form of gt in the user's cache directory. What Node reads there it runs: a folder that
 * another user owns or may write to is not used. A cached file of another gt or another Node is ignored by Node.
 */
export function useCompileCache(env: NodeJS.ProcessEnv): void {
  const directory = ownDirectory(cacheHome(env))
  if (directory !== undefined) enableCompileCache(directory)
}

function cacheHome({XDG_CACHE_HOME: given = ''}: NodeJS.ProcessEnv): {home: string; cache: string} {
  if (isAbsolute(given)) return {home: given, cache: given}
  const home = homedir()
  return {home, cache: join(home, '.cache')}
}

function ownDirectory({home, cache}: {home: string; cache: string}): string | undefined {
  const directory = join(cache, 'gtown', 'compiled')
  try {
    if (isOwn(directory) === undefined) {
      // Run by root in somebody's home, gt must not leave a folder there that they cannot write to.
      if (isOwn(home) === false) return undefined
      mkdirSync(directory, {recursive: true, mode: 0o700})
    }
    return isOwn(directory) ? directory : undefined
  } catch {
    // Whatever keeps it from being used, such as a read-only home: gt only starts slower.
    return undefined
  }
}

/** True for a folder that only this user can write to; undefined where there is nothing. */
function isOwn(path: string): boolean | undefined {
  const stats = lstatSync(path, {throwIfNoEntry: false})
  if (stats === undefined) return undefined
  return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0
}
