import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Sandbox} from './sandbox.js'

/**
 * A directory for PATH with a tmux that notes each call and passes it on, and with no other program, so that a look-up of
 * any other fails.
 */
export function countingTmux(box: Sandbox): {path: string; calls(): string[]} {
  const path = join(box.dir, 'programs')
  const log = join(box.dir, 'calls')
  mkdirSync(path)
  const real = execFileSync('/bin/sh', ['-c', 'command -v tmux'], {encoding: 'utf8'}).trim()
  writeFileSync(join(path, 'tmux'), `#!/bin/sh\necho "$@" >> '${log}'\nexec '${real}' "$@"\n`)
  chmodSync(join(path, 'tmux'), 0o755)
  return {path, calls: () => readFileSync(log, 'utf8').trim().split('\n')}
}
