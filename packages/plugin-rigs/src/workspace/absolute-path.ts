import {isAbsolute, resolve} from 'node:path'
import {GtError, type Place} from '@gtown/sdk'

/** The path relative to the user's directory; undefined for a relative one when that directory was deleted. */
export function absolutePath(path: string, {cwd}: Place): string | undefined {
  if (isAbsolute(path)) return resolve(path)
  return cwd === undefined ? undefined : resolve(cwd, path)
}

/** Like `absolutePath`, but throws when the current directory was deleted. */
export function requireAbsolutePath(path: string, place: Place): string {
  const absolute = absolutePath(path, place)
  if (absolute !== undefined) return absolute
  throw new GtError(`cannot find ${path}: ${place.cwdError ?? 'the current directory was deleted'}`, {
    code: 'NO_CURRENT_DIRECTORY',
    hint: 'Go to a directory that exists, or give an absolute path.',
  })
}
