import {GtError} from '@gtown/sdk'
import {checkSuccess} from './errors.js'
import type {Tmux} from './tmux.js'

const OLDEST = [3, 2] as const

export const OLDEST_VERSION = OLDEST.join('.')

/**
 * True when a version such as `3.3a` or `next-3.5` is certainly older than we can use. One that has no number (`master`)
 * is taken to be new.
 */
export function isTooOld(version: string): boolean {
  const number = /^(?:next-)?(\d+)\.(\d+)/.exec(version)
  if (!number) return false
  const [major, minor] = [Number(number[1]), Number(number[2])]
  return !(major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]))
}

/** Rejects with `TMUX_TOO_OLD` when that version is. */
export function checkVersion(version: string): void {
  if (!isTooOld(version)) return
  throw new GtError(`tmux ${version} is too old: gt needs ${OLDEST_VERSION} or newer`, {
    code: 'TMUX_TOO_OLD',
    hint: 'Update tmux. A server that an older tmux started stays old until it ends: tmux kill-server ends it.',
  })
}

/** What was asked already: a command may start many sessions. */
const newEnough = new WeakSet<Tmux>()

/** Rejects with `TMUX_TOO_OLD`, before anything is started, when the installed tmux is. */
export async function checkInstalled(tmux: Tmux): Promise<void> {
  if (newEnough.has(tmux)) return
  const result = await tmux.version()
  checkSuccess(result)
  checkVersion(result.stdout.trim().replace(/^tmux /, ''))
  newEnough.add(tmux)
}
