import {plainStyle, type Style} from '@gtown/sdk'

/** Emphasis for a stream: on a terminal or if the environment forces it, but never with `NO_COLOR`. */
export async function terminalStyle(stream: {isTTY?: boolean}, env: NodeJS.ProcessEnv): Promise<Style> {
  // Decide here, so that every stream follows the same rule. With an explicit level, chalk does not decide itself.
  if (!wantsColour(stream, env)) return plainStyle
  const {Chalk} = await import('chalk')
  const chalk = new Chalk({level: 1})
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
