import {writeSync} from 'node:fs'
import {answer} from '../completion/answer.js'
import {type CacheOwner, readCache} from '../completion/cache.js'
import {currentPlace} from '../host/place.js'

/**
 * Answers `gt completion candidates -- <shell> <word>…` from the cache, without oclif.
 *
 * @param argv the arguments after the program's name
 * @returns false, without output, if the cache is out of date; the command itself must answer then
 */
export function completeFromCache(argv: readonly string[]): boolean {
  const tree = readCache(cacheOwner())
  // Loading process.stdout alone takes longer than all of this.
  if (tree) writeSync(1, answer(tree, argv.slice(3), currentPlace()))
  return tree !== undefined
}

export function cacheOwner(): CacheOwner {
  return {root: new URL('../..', import.meta.url).pathname, env: process.env, platform: process.platform}
}
