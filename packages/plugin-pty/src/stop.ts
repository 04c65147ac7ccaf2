import {setTimeout as sleep} from 'node:timers/promises'
import {ErrorCode, hasCode, type KillTarget, type SessionHandle, sessionSurvived} from '@gtown/sdk'
import {hasErrno, isAbandoned, isOfThisMachine, pidOf} from '@gtown/sdk/files'
import {unavailable} from './errors.js'
import {askSession, type Life} from './life.js'
import {removePtyRecord, type SessionRecord} from './record.js'
import type {Services} from './start.js'

/** Milliseconds within which a shim must end. */
const SHIM_TIMEOUT_MS = 3000

/**
 * Ends one life of a session: its processes first, then its shim, then its files. The files stay until nothing
 * survives, so that a stop that failed or was killed can be repeated.
 *
 * @param shimTimeoutMs milliseconds for the shim to end, first after the request and again after the kill
 * @returns `absent` when that life is already over; a later session of the same name is not touched
 * @throws `SURVIVORS` with pid and command of each process that could not be ended
 */
export async function stop(
  services: Services,
  handle: SessionHandle,
  graceMs: number,
  shimTimeoutMs = SHIM_TIMEOUT_MS,
): Promise<'stopped' | 'absent'> {
  const life = await askIfThere(services, handle, 'stop')
  if (!life) return 'absent'
  const survivors = await services.killer.end(await killTarget(life), {graceMs})
  if (survivors.length > 0) throw sessionSurvived(handle.name, survivors)
  await endShim(services, life.record, shimTimeoutMs)
  await removePtyRecord(services.directory, life.record)
  return 'stopped'
}

/** Sends the request to the shim of that life; undefined when that life is over. */
async function askIfThere<A extends 'stop' | 'end'>(
  services: Services,
  {name, incarnation}: Pick<SessionHandle, 'name' | 'incarnation'>,
  what: A,
): Promise<Life<A> | undefined> {
  try {
    const life = await askSession<A>(services, name, {ask: what, incarnation})
    return life?.record.incarnation === incarnation ? life : undefined
  } catch (error) {
    if (hasCode(error, ErrorCode.sessionLost)) return undefined
    throw error
  }
}

async function killTarget({record, answer}: Life<'stop'>): Promise<KillTarget> {
  if (answer) return {...answer, parentPid: pidOf(record.owner)}
  const {agent, marker} = record
  // The shim was killed, and an agent that ignores SIGHUP may live on.
  const lives = agent !== '' && isOfThisMachine(agent) && !(await isAbandoned(agent))
  return {roots: lives ? [pidOf(agent)] : [], ...(marker && {marker})}
}

/** Asks the shim to end, and kills it when it does not. */
async function endShim(services: Services, record: SessionRecord, shimTimeoutMs: number): Promise<void> {
  const {owner, name} = record
  const life = await askIfThere(services, record, 'end')
  if (!life || (await endsWithin(owner, shimTimeoutMs))) return
  if (isOfThisMachine(owner)) kill(pidOf(owner))
  if (await endsWithin(owner, shimTimeoutMs)) return
  throw unavailable(`the process that holds session '${name}' (pid ${pidOf(owner)}) does not end`)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It has just ended.
    if (!hasErrno(error, 'ESRCH')) throw error
  }
}

async function endsWithin(stamp: string, milliseconds: number): Promise<boolean> {
  for (const deadline = Date.now() + milliseconds; Date.now() <= deadline; await sleep(5)) {
    if (await isAbandoned(stamp)) return true
  }
  return await isAbandoned(stamp)
}
