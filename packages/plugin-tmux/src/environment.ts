import type {SessionHandle} from '@gtown/sdk'
import {command} from './commands.js'
import {isAbsent, lost, unexpected} from './errors.js'
import {ifAlive} from './life.js'
import type {Tmux} from './tmux.js'

/** The environment of this life of the session, from one tmux process. Rejects with `SESSION_LOST` when it is over. */
export async function environment(tmux: Tmux, handle: SessionHandle): Promise<Record<string, string>> {
  const result = await tmux.run(ifAlive(handle, `${command.showEnvironment} -s -t '${handle.id}'`))
  if (isAbsent(result)) throw lost(handle.name)
  if (result.code !== 0) throw unexpected(result)
  // A session has at least the PWD that it was started with. No output means that another life was found.
  if (result.stdout === '') throw lost(handle.name)
  return parseShellVariables(result.stdout)
}

/** One variable as tmux quotes it for a shell: multi-line values, special characters escaped by a backslash. */
const VARIABLE = /^([^\n=]+)="((?:[^"\\]|\\.)*)"; export \1;$/gms

export function parseShellVariables(shellText: string): Record<string, string> {
  const variables = shellText.matchAll(VARIABLE)
  return Object.fromEntries(
    [...variables].map(([, name, value = '']) => [name, value.replace(/\\(.)/gs, '$1')]),
  )
}
