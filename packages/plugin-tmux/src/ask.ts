import {type SpawnSyncOptions, spawnSync} from 'node:child_process'
import type {TmuxResult} from './tmux-result.js'

/**
 * Runs one tmux process and blocks until it ends. Undefined when it gave no answer.
 *
 * A file of its own, since the bundle replaces `spawnSync` here.
 */
export function askTmux(args: string[], options: SpawnSyncOptions): TmuxResult | undefined {
  const {status, stdout, stderr} = spawnSync('tmux', args, {...options, encoding: 'utf8'})
  return status === null ? undefined : {code: status, stdout, stderr}
}
