import {type SpawnSyncOptions, spawnSync} from 'node:child_process'
import type {TmuxResult} from './tmux-result.js'

/** Runs one tmux process and blocks until it ends. Undefined when it gave no answer. */
export function askTmux(args: string[], options: SpawnSyncOptions): TmuxResult | undefined {
  const {status, stdout, stderr} = spawnSync('tmux', args, {
    ...options,
    encoding: 'utf8',
    // By default Node ends a program that prints more than 1 MiB, which the screens of many workers exceed.
    maxBuffer: Number.POSITIVE_INFINITY,
  })
  return status === null ? undefined : {code: status, stdout, stderr}
}
