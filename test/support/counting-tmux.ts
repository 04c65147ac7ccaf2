import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Sandbox} from './sandbox.js'

/**
 * A directory for PATH that holds a tmux which notes each call and hands it on, and no other program: whatever else
 * is looked up there is not found.
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
