import {setTimeout as sleep} from 'node:timers/promises'
import {ErrorCode, hasCode, type KillTarget, type SessionHandle, sessionSurvived} from '@gtown/sdk'
import {hasErrno, isAbandoned, isOfThisMachine, pidOf} from '@gtown/sdk/files'
import {unavailable} from './errors.js'
import {askSession, type Life} from './life.js'
import {removeRecord, type SessionRecord} from './record.js'
import type {Services} from './start.js'

/** Within so long a shim ends when it is told to. */
const OBEY_MS = 3000

/**
 * Ends one life of a session: its processes first, then its shim, then its files. Until nothing survives the files
 * stay, so that a stop that failed or was itself killed can be run again.
 *
 * @param obeyMs milliseconds within which the shim has to end, first when it is told to and then when it is killed
 * @returns `absent` when that life is over already; a later session of the same name is not touched
 * @throws `SURVIVORS` with pid and command of each process that could not be ended
 */
export async function stop(
  services: Services,
  handle: SessionHandle,
  graceMs: number,
  obeyMs = OBEY_MS,
): Promise<'stopped' | 'absent'> {
  const life = await askIfThere(services, handle, 'stop')
  if (!life) return 'absent'
  const survivors = await services.killer.end(await killTarget(life), {graceMs})
  if (survivors.length > 0) throw sessionSurvived(handle.name, survivors)
  await endShim(services, life.record, obeyMs)
  await removeRecord(services.directory, life.record)
  return 'stopped'
}

/** Asks the shim of that life; undefined when that life is over. */
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
  if (answer) return {...answer, keeper: pidOf(record.owner)}
  const {agent, marker} = record
  // The shim was killed, and what ignores a hang-up lives on.
  const lives = agent !== '' && isOfThisMachine(agent) && !(await isAbandoned(agent))
  return {roots: lives ? [pidOf(agent)] : [], ...(marker && {marker})}
}

/** Asks the shim to end, and makes it when it does not. */
async function endShim(services: Services, record: SessionRecord, obeyMs: number): Promise<void> {
  const {owner, name} = record
  const life = await askIfThere(services, record, 'end')
  if (!life || (await endsWithin(owner, obeyMs))) return
  if (isOfThisMachine(owner)) kill(pidOf(owner))
  if (await endsWithin(owner, obeyMs)) return
  throw unavailable(`the process that keeps session '${name}' (process ${pidOf(owner)}) does not end`)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It has ended in the last moment.
    if (!hasErrno(error, 'ESRCH')) throw error
  }
}

async function endsWithin(stamp: string, milliseconds: number): Promise<boolean> {
  for (const deadline = Date.now() + milliseconds; Date.now() <= deadline; await sleep(5)) {
    if (await isAbandoned(stamp)) return true
  }
  return await isAbandoned(stamp)
}
