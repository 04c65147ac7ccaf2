import {execFile} from 'node:child_process'
import {GtError} from '@gtown/sdk'
import type {BdResult} from '../beads/reader.js'

/** Time after which bd is killed. */
const TIMEOUT_MS = 20_000
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024

/**
 * Runs bd on the beads in a folder and returns its output and exit code. Rejects with `BD_MISSING` or `BD_TIMED_OUT`.
 */
export function runBd(
  args: readonly string[],
  {cwd, beadsFolder, env = process.env}: {cwd: string; beadsFolder: string; env?: NodeJS.ProcessEnv},
  timeoutMs = TIMEOUT_MS,
): Promise<BdResult> {
  const options = {
    cwd,
    env: {...env, BEADS_DIR: beadsFolder},
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT_BYTES,
  } as const
  return new Promise((resolve, reject) => {
    const child = execFile('bd', [...args], options, (error, stdout, stderr) => {
      if (!error) resolve({code: 0, stdout, stderr})
      else if (typeof error.code === 'string') reject(notStarted(error.code))
      else if (error.killed) reject(timedOut(args, timeoutMs))
      else resolve({code: typeof error.code === 'number' ? error.code : 1, stdout, stderr})
    })
    child.stdin?.end()
  })
}

function notStarted(code: string): GtError {
  const problem = code === 'ENOENT' ? 'bd is not installed' : `bd cannot be started: ${code}`
  return new GtError(problem, {
    code: 'BD_MISSING',
    hint: 'This rig keeps its work in beads: install bd, so that it can be read.',
  })
}

function timedOut([command]: readonly string[], timeoutMs: number): GtError {
  return new GtError(`bd ${command} gave no answer within ${timeoutMs / 1000} s`, {code: 'BD_TIMED_OUT'})
}
