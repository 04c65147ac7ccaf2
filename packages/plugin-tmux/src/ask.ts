import {type SpawnSyncOptions, spawnSync} from 'node:child_process'
import type {TmuxResult} from './tmux-result.js'

/**
 * Runs one tmux process and stands still until it ends. Undefined where it gave no answer.
 *
 * In a file of its own, for which the bundle brings another `spawnSync`.
 */
export function ask(args: string[], options: SpawnSyncOptions): TmuxResult | undefined {
  const {status, stdout, stderr} = spawnSync('tmux', args, {...options, encoding: 'utf8'})
  return status === null ? undefined : {code: status, stdout, stderr}
}
