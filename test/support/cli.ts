import {type ChildProcess, spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'

export const launcher = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** GT_TEST_PROGRAM names an executable to test instead of the package. */
const otherProgram = process.env.GT_TEST_PROGRAM || undefined

/** True for the standalone executable, so that tests can allow for its other messages and missing features. */
export const inExecutable = otherProgram !== undefined

/** The file that a user has on PATH. */
export const programFile = otherProgram ?? launcher

const program: [string, ...string[]] = otherProgram ? [otherProgram] : [process.execPath, launcher]

export interface CliResult {
  code: number | null
  stdout: string
  stderr: string
}

export interface CliOptions {
  cwd: string
  env: Record<string, string>
  /** The user to run it as; only root can change users. */
  uid?: number
}

/** Starts the built `gt` without a terminal. */
export function spawnGt(args: string[], {cwd, env, uid}: CliOptions): ChildProcess {
  const [command, ...words] = program
  return spawn(command, [...words, ...args], {
    cwd,
    env: {PWD: cwd, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && {uid}),
  })
}

/** Runs the built `gt` until it ends. */
export async function gt(args: string[], options: CliOptions): Promise<CliResult> {
  return finished(spawnGt(args, options))
}

/** Waits until a child has ended and all its output has arrived. */
export async function finished(child: ChildProcess): Promise<CliResult> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return {code, stdout, stderr}
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
