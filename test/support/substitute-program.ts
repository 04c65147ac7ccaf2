import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Sandbox} from './sandbox.js'

/** A program that takes the place of another. */
export interface Substitute {
  /** A directory for PATH that contains only this program. */
  folder: string
  /** The number of calls so far. */
  calls(): number
}

/** A program that at its n-th call kills its caller instead of doing its job; 0 means never. */
export function killingProgram(box: Sandbox, name: string, call: number): Substitute {
  return interruptedProgram(box, name, {call, by: 'kill -KILL $PPID; exit 1'})
}

/** A program that at its n-th call first runs a line of shell. */
export function interruptedProgram(
  box: Sandbox,
  name: string,
  {call, by}: {call: number; by: string},
): Substitute {
  const folder = join(box.dir, `interrupted-${name}-${call}`)
  const taken = join(folder, 'calls')
  mkdirSync(taken, {recursive: true})
  const real = execFileSync('/bin/sh', ['-c', `command -v ${name}`], {encoding: 'utf8'}).trim()
  // Concurrent calls get different numbers, because only one of them can make a directory.
  const script = `#!/bin/sh
number=1
until mkdir '${taken}'/$number 2> /dev/null; do number=$((number + 1)); done
if [ $number -eq ${call} ]; then ${by}; fi
exec '${real}' "$@"
`
  writeFileSync(join(folder, name), script)
  chmodSync(join(folder, name), 0o755)
  return {folder, calls: () => readdirSync(taken).length}
}
