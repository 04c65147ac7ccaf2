import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Sandbox} from './sandbox.js'

/** A program in the place of another. */
export interface Substitute {
  /** A directory for PATH that holds it and nothing else. */
  folder: string
  /** How often it was called. */
  calls(): number
}

/** A program that kills whoever called it, instead of doing what it is called for, at its so many-th call; 0 for never. */
export function killingProgram(box: Sandbox, name: string, call: number): Substitute {
  return interruptedProgram(box, name, {call, by: 'kill -KILL $PPID; exit 1'})
}

/** A program that runs a line of shell before what it is called for, at its so many-th call. */
export function interruptedProgram(
  box: Sandbox,
  name: string,
  {call, by}: {call: number; by: string},
): Substitute {
  const folder = join(box.dir, `interrupted-${name}-${call}`)
  const taken = join(folder, 'calls')
  mkdirSync(taken, {recursive: true})
  const real = execFileSync('/bin/sh', ['-c', `command -v ${name}`], {encoding: 'utf8'}).trim()
  // Two calls at once are two numbers: a directory is made by one of them.
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
