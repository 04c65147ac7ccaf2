import type {Style} from '@gtown/sdk'
import {Chalk} from 'chalk'

/** Emphasis for a stream: on a terminal, or where the environment forces it, and never against `NO_COLOR`. */
export function terminalStyle(stream: {isTTY?: boolean}, env: NodeJS.ProcessEnv): Style {
  // chalk decides for itself only where it is not told: by one rule here, the same for every stream.
  const chalk = new Chalk({level: wantsColour(stream, env) ? 1 : 0})
  return {bold: (text) => chalk.bold(text), dim: (text) => chalk.dim(text)}
}

function wantsColour(stream: {isTTY?: boolean}, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false
  if (isForced(env.FORCE_COLOR) || isForced(env.CLICOLOR_FORCE)) return true
  if (env.FORCE_COLOR === '0' || env.FORCE_COLOR === 'false') return false
  return stream.isTTY === true && env.TERM !== 'dumb'
}

function isForced(value: string | undefined): boolean {
  return value !== undefined && value !== '0' && value !== 'false'
}
