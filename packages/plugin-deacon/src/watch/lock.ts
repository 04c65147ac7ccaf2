import {join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {asOnlyWatchdog} from '@gtown/sdk/watchdog'
import {watchFolder} from '../pause.js'

/** Runs `work` as the only watch of the town. Rejects with `WATCH_RUNNING`, naming the other's pid, if there is one. */
export async function withWatchLock<T>(town: Town, work: () => Promise<T>): Promise<T> {
  const file = join(watchFolder(town), 'watch.lock')
  const claim = 'the witnesses of this town are being watched'
  return await asOnlyWatchdog({file, claim, code: 'WATCH_RUNNING'}, work)
}
