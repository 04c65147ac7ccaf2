import {mkdir} from 'node:fs/promises'
import {dirname} from 'node:path'
import {isGtError} from '@gtown/sdk'
import {hasErrno, replacePrivateFile} from '@gtown/sdk/files'
import {type CacheOwner, cacheFile, cacheText} from './cache.js'
import type {CompletionTree} from './tree.js'

/**
 * Caches the tree for the next keystrokes, until one of the paths changes. When the cache cannot be written, each
 * keystroke takes as long as this one. That is not reported, since the message would land in the command line.
 */
export async function writeCache(
  owner: CacheOwner,
  tree: CompletionTree,
  paths: readonly string[],
): Promise<void> {
  const file = cacheFile(owner)
  try {
    await mkdir(dirname(file), {recursive: true, mode: 0o700})
    await replacePrivateFile(file, cacheText(owner, tree, paths))
  } catch (error) {
    const unwritable = isGtError(error) && error.code === 'UNWRITABLE'
    if (!unwritable && !hasErrno(error, 'EACCES', 'EROFS', 'ENOTDIR', 'ENOSPC', 'EEXIST')) throw error
  }
}
