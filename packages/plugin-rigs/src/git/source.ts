import {stat} from 'node:fs/promises'
import {GtError, type Place, shorten, usageError} from '@gtown/sdk'
import {hasErrno, unreadable} from '@gtown/sdk/files'
import {absolutePath} from '../workspace/absolute-path.js'

/**
 * The source of a clone: an existing path, made absolute, or a URL, unchanged. Rejects a source that git would take for
 * an option or run as a command.
 */
export async function resolveSource(source: string, place: Place): Promise<string> {
  if (source.startsWith('-') || /^(ext|fd)::/.test(source) || /\p{Cc}/u.test(source) || source === '') {
    throw usageError(
      `'${shorten(withoutCredentials(source))}' cannot be cloned: it is not the address of a repository`,
    )
  }
  const path = absolutePath(source, place)
  if (path !== undefined && (await exists(path))) return path
  if (source.includes(':')) return source
  throw new GtError(`there is no repository at ${shorten(path ?? source, 200)}`, {
    code: 'SOURCE_NOT_FOUND',
    hint: 'Give a URL such as https://host/project.git, or the path of a repository.',
  })
}

/** The text with passwords masked, and user names in http URLs too, since they may be tokens. */
export function withoutCredentials(text: string): string {
  return text
    .replaceAll(/(https?:\/\/)[^/@\s]+@/gi, '$1***@')
    .replaceAll(/(\w:\/\/[^/@:\s]+):[^/@\s]+@/g, '$1:***@')
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG')) return false
    throw unreadable(path, error)
  }
}
