import {GtError} from '@gtown/sdk'
import {checkSuccess} from './errors.js'
import type {Tmux} from './tmux.js'

const OLDEST = [3, 2] as const

export const OLDEST_VERSION = OLDEST.join('.')

/**
 * Whether a version such as `3.3a` or `next-3.5` is certainly too old. A version without a number (`master`) counts as
 * new.
 */
export function isTooOld(version: string): boolean {
  const number = /^(?:next-)?(\d+)\.(\d+)/.exec(version)
  if (!number) return false
  const [major, minor] = [Number(number[1]), Number(number[2])]
  return !(major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]))
}

/** Throws `TMUX_TOO_OLD` for a version that is too old. */
export function checkVersion(version: string): void {
  if (!isTooOld(version)) return
  throw new GtError(`tmux ${version} is too old: gt needs ${OLDEST_VERSION} or newer`, {
    code: 'TMUX_TOO_OLD',
    hint: 'Update tmux. A server that an older tmux started stays old until it ends: tmux kill-server ends it.',
  })
}

/** Cache of passed checks, since a command may start many sessions. */
const newEnough = new WeakSet<Tmux>()

/** Rejects with `TMUX_TOO_OLD` when the installed tmux is too old, before anything is started. */
export async function checkInstalled(tmux: Tmux): Promise<void> {
  if (newEnough.has(tmux)) return
  const result = await tmux.version()
  checkSuccess(result)
  checkVersion(result.stdout.trim().replace(/^tmux /, ''))
  newEnough.add(tmux)
}
