import {spawn} from 'node:child_process'
import {stat} from 'node:fs/promises'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {
  checkSessionName,
  checkSessionSpec,
  incarnationOf,
  type Killer,
  type Session,
  type SessionBackend,
  type SessionSpec,
  sessionExists,
  sessionLost,
  sessionSurvived,
} from '@gtown/sdk'
import {hasErrno, isAbandoned, pidOf, withFileLock} from '@gtown/sdk/files'
import {fileOf, hasEnded, logOf, makeFolder, names, type PlainRecord, read, remove, write} from './record.js'

/** What the runner itself carries, so that whoever ends another session passes it over. */
const NO_SESSION = 'infra'

/** Sessions as plain processes in the background: no terminal, so nothing to attach to, to look at or to type at. */
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

/** The lock makes one of two starts of a name the first; the record that it writes refuses the other. */
async function start(killer: Killer, spec: SessionSpec, signal?: AbortSignal): Promise<Session> {
  signal?.throwIfAborted()
  await checkSessionSpec(spec)
  await makeFolder()
  return await withFileLock(fileOf(spec.name), async () => {
    if (await read(spec.name)) throw sessionExists(spec.name)
    const command = await killer.contain(spec.command)
    signal?.throwIfAborted()
    order({...spec, command})
    const record = await born(spec.name)
    if (!signal?.aborted) return await toSession(record)
    await end(killer, record, 0)
    throw signal.reason
  })
}

/** Hands the order over on standard input: nothing of it stands in a list of processes. */
function order(spec: SessionSpec): void {
  const runner = fileURLToPath(new URL('runner.js', import.meta.url))
  const child = spawn(process.execPath, [runner], {
    cwd: '/',
    env: {...process.env, GT_SESSION_ID: NO_SESSION},
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  const {PATH, HOME, LANG} = process.env
  const inherited = {...(PATH && {PATH}), ...(HOME && {HOME}), ...(LANG && {LANG}), PWD: spec.cwd}
  const env = Object.entries({...inherited, ...spec.env}).filter(
    ([name]) => !spec.unsetEnv.includes(name) || name in spec.env,
  )
  const record = {
    name: spec.name,
    incarnation: incarnationOf(spec),
    createdAt: Date.now(),
    labels: spec.labels,
    marker: spec.env.GT_SESSION_ID,
    environmentRoot: spec.env.GT_ROOT,
  }
  const {command, cwd} = spec
  child.stdin.end(JSON.stringify({command, cwd, env: Object.fromEntries(env), record}))
  child.unref()
}

async function born(name: string): Promise<PlainRecord> {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(5)) {
    const record = await read(name)
    if (record) return record
  }
  throw sessionLost(name, 'it could not be started')
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!hasErrno(error, 'ESRCH')) throw error
  }
}

/** The runner first: it has nothing to keep any more, and waits for the lock that we hold. */
async function end(killer: Killer, record: PlainRecord, graceMs: number): Promise<void> {
  const {name, pid, marker, runner} = record
  if (!(await isAbandoned(runner))) kill(pidOf(runner))
  const roots = (await isAbandoned(record.stamp)) ? [] : [pid]
  const survivors = await killer.end({roots, ...(marker && {marker})}, {graceMs})
  if (survivors.length > 0) throw sessionSurvived(name, survivors)
  await remove(name)
}

async function inspect(name: string): Promise<Session | undefined> {
  checkSessionName(name)
  const record = await read(name)
  if (record === undefined || !(await hasEnded(record))) return record && (await toSession(record))
  // The runner may have written how it ended, and have ended too, since this was read.
  const last = await read(name)
  return last && (await toSession(last))
}

/** When its program last printed something. */
async function printedAt(name: string, otherwise: number): Promise<number> {
  try {
    return (await stat(logOf(name))).mtimeMs
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return otherwise
    throw error
  }
}

async function toSession(record: PlainRecord): Promise<Session> {
  const {name, incarnation, pid, createdAt, labels, environmentRoot, exit, stopping = false} = record
  const ended = await hasEnded(record)
  return {
    name,
    id: incarnation,
    incarnation,
    pid,
    createdAt,
    lastActivityAt: await printedAt(name, createdAt),
    liveness: ended ? 'dead' : 'alive',
    ...(ended && {exit: exit ?? {}}),
    attached: 0,
    stopping,
    labels,
    ...(environmentRoot !== undefined && {environmentRoot}),
  }
}
