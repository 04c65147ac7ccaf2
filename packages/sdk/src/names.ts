import {GtError} from './errors.js'

const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/

/**
 * True for a name that is safe as a directory, in a session name and on a command line: letters, digits, `_` and `-`,
 * not starting with `-`, at most `maxLength` characters.
 */
export function isSafeName(name: string, maxLength = 64): boolean {
  return name.length <= maxLength && SAFE_NAME.test(name)
}

/** The session name of a rig's role, such as its witness, or of one of its workers. */
export const rigSessionName = (rig: string, name: string) => `gt-${rig}-${name}`

/** Throws for a session name that a backend might misread (tmux turns `:` and `.` into `_`). */
export function checkSessionName(name: string): void {
  if (isSafeName(name, 200)) return
  throw new GtError(`session name '${shorten(name)}' cannot be used`, {
    code: 'INVALID_NAME',
    hint: 'Names may have letters, digits, _ and -, and must not begin with -.',
  })
}

/** Shortens a text to one line of limited length, for use in a message. */
export function shorten(text: string, maxLength = 60): string {
  const oneLine = text.replace(/\p{Cc}/gu, '?')
  return oneLine.length <= maxLength ? oneLine : `${oneLine.slice(0, maxLength)}…`
}
