import {stat} from 'node:fs/promises'
import {setTimeout as sleep} from 'node:timers/promises'
import {
  checkSessionName,
  checkSessionSpec,
  type Killer,
  type Session,
  type SessionBackend,
  type SessionSpec,
  sessionExists,
  sessionSurvived,
} from '@gtown/sdk'
import {hasErrno, isAbandoned, pidOf, withFileLock} from '@gtown/sdk/files'
import {launch, recordOf} from './launch.js'
import {exitOf, fileOf, logOf, makeFolder, names, type PlainRecord, read, remove, write} from './record.js'

/** Sessions as plain processes in the background. They have no terminal to attach to, read or type into. */
export function createPlainBackend(killer: Killer): SessionBackend {
  return {
    name: 'plain',
    local: true,
    start: (spec, options) => start(killer, spec, options?.signal),
    inspect,
    async list({prefix = ''} = {}) {
      const found = await Promise.all((await names()).filter((name) => name.startsWith(prefix)).map(inspect))
      return found.filter((session) => session !== undefined)
    },
    stop: (handle, {graceMs}) =>
      withFileLock(fileOf(handle.name), async () => {
        const record = await read(handle.name)
        if (record?.incarnation !== handle.incarnation) return 'absent'
        await write({...record, stopping: true})
        await end(killer, record, graceMs)
        return 'stopped'
      }),
  }
}

/** Of two starts of the same name, the lock lets one go first; the record that it writes refuses the other. */
async function start(killer: Killer, spec: SessionSpec, signal?: AbortSignal): Promise<Session> {
  signal?.throwIfAborted()
  await checkSessionSpec(spec)
  await makeFolder()
  return await withFileLock(fileOf(spec.name), async () => {
    if (await read(spec.name)) throw sessionExists(spec.name)
    const command = await killer.contain(spec.command)
    signal?.throwIfAborted()
    const runner = launch({...spec, command})
    try {
      const record = await recordOf(spec, runner)
      await write(record)
      runner.stdin.end('kept\n')
      if (!signal?.aborted) return await toSession(record)
      await end(killer, record, 0)
      throw signal.reason
    } finally {
      // Closing its standard input ends a runner whose session is not on record, and its program.
      runner.stdin.end()
      runner.stdout.destroy()
      runner.unref()
    }
  })
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!hasErrno(error, 'ESRCH')) throw error
  }
}

/** Ends the runner first, so that it writes nothing after its files are removed. */
async function end(killer: Killer, record: PlainRecord, graceMs: number): Promise<void> {
  const {name, pid, marker, runner} = record
  for (; !(await isAbandoned(runner)); await sleep(5)) kill(pidOf(runner))
  const roots = (await isAbandoned(record.stamp)) ? [] : [pid]
  const survivors = await killer.end({roots, ...(marker && {marker})}, {graceMs})
  if (survivors.length > 0) throw sessionSurvived(name, survivors)
  await remove(name)
}

async function inspect(name: string): Promise<Session | undefined> {
  checkSessionName(name)
  const record = await read(name)
  return record && (await toSession(record))
}

/** When its program last printed something, in milliseconds since the epoch. */
async function printedAt(name: string, otherwise: number): Promise<number> {
  try {
    return (await stat(logOf(name))).mtimeMs
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return otherwise
    throw error
  }
}

async function toSession(record: PlainRecord): Promise<Session> {
  const {name, incarnation, pid, createdAt, labels, environmentRoot, stopping = false} = record
  const exit = await exitOf(record)
  return {
    name,
    id: incarnation,
    incarnation,
    pid,
    createdAt,
    lastActivityAt: await printedAt(name, createdAt),
    liveness: exit ? 'dead' : 'alive',
    ...(exit && {exit}),
    attached: 0,
    stopping,
    labels,
    ...(environmentRoot !== undefined && {environmentRoot}),
  }
}
