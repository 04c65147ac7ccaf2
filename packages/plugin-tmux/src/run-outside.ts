import {randomUUID} from 'node:crypto'
import {INFRA_MARKER} from '@gtown/sdk'
import {command, exactName, sequence} from './commands.js'
import {unexpected} from './errors.js'
import {commandLine, SET_BY_TMUX, script} from './start-script.js'
import type {Tmux} from './tmux.js'

const BORN = 'born outside'

/**
 * Starts a program under the tmux server itself, in a session of its own that ends with the program. It carries no
 * session's marker, so ending a session does not end it.
 */
export async function runOutside(
  tmux: Tmux,
  words: readonly [string, ...string[]],
  {cwd, env}: {cwd: string; env: Readonly<Record<string, string>>},
): Promise<void> {
  const name = `gt-outside-${randomUUID()}`
  const own = Object.entries({...env, GT_SESSION_ID: INFRA_MARKER}).filter(
    ([key]) => !SET_BY_TMUX.includes(key),
  )
  const variables = own.flatMap(([key, value]) => ['-e', `${key}=${value}`])
  const program = commandLine({command: words, env: {}, unsetEnv: ['TMUX', 'TMUX_PANE']})
  const input = script([
    [command.newSession, '-d', '-P', '-F', BORN, '-s', name, ...variables, '--', ...program],
    [command.setOption, '-t', exactName(name), 'destroy-unattached', 'off'],
    [command.setOption, '-p', '-t', exactName(name), 'remain-on-exit', 'off'],
  ])
  const result = await tmux.run(sequence([command.startServer], [command.sourceFile, '-']), {input, cwd})
  // The exit code does not count: the program may have ended before the options could be set.
  if (!result.stdout.includes(BORN)) throw unexpected(result)
}
