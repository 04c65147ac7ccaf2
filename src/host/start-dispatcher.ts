import {spawn} from 'node:child_process'
import {INFRA_MARKER} from '@gtown/sdk'
import {currentPlace} from './place.js'
import {outsideEnvironment} from './run-again-outside.js'

/**
 * Starts a gt process that delivers the waiting nudges of an address and then ends. It carries no session marker, so
 * ending the session of this process does not end it.
 *
 * @param gt the program that runs gt, and gt's launcher
 */
export async function startDispatcher(
  address: string,
  [program, launcher]: readonly [string, string] = [process.execPath, process.argv[1] ?? ''],
): Promise<void> {
  const child = spawn(program, [launcher, 'nudge', 'deliver', address], {
    cwd: currentPlace().cwd ?? '/',
    env: {...outsideEnvironment(), GT_SESSION_ID: INFRA_MARKER},
    stdio: 'ignore',
    detached: true,
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  child.unref()
}
