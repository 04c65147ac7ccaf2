import {writeSync} from 'node:fs'
import {answer} from '../completion/answer.js'
import {type CacheOwner, readCache} from '../completion/cache.js'
import {currentPlace} from '../host/place.js'

/**
 * Answers `gt completion candidates -- <shell> <word>…` from what was kept at the last one, without oclif.
 *
 * @param argv what follows the program's name
 * @returns false, with nothing said, where that is out of date: the command itself answers then
 */
export function completeFromCache(argv: readonly string[]): boolean {
  const tree = readCache(cacheOwner())
  // process.stdout alone takes longer to load than all of this.
  if (tree) writeSync(1, answer(tree, argv.slice(3), currentPlace()))
  return tree !== undefined
}

export function cacheOwner(): CacheOwner {
  return {root: new URL('../..', import.meta.url).pathname, env: process.env, platform: process.platform}
}
