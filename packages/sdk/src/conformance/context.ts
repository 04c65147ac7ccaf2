import {randomBytes} from 'node:crypto'
import {mkdtemp, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import type {BackendRegistration, SessionBackend} from '../backend.js'
import {hasErrno} from '../files/index.js'
import {shorten} from '../names.js'
import type {SessionSpec} from '../session.js'
import type {ConformanceContext, Falsy, Program} from './conformance-case.js'
import {isAlive} from './processes.js'

export interface ContextOptions {
  backend: SessionBackend
  unreachable?: SessionBackend
  diagnose?: BackendRegistration['diagnose']
  /** Prefix of all session names. */
  prefix: string
  /** Parent of the case's directory. Default: the system's temporary directory. */
  directory?: string
}

/** Thrown by a case that does not apply. */
export class Skipped extends Error {}

const DEADLINE_MS = 10_000
const LOOK_EVERY_MS = 20

/** Makes the context of one case. `close` ends its sessions and removes its directory. */
export async function openContext(
  options: ContextOptions,
): Promise<{context: ConformanceContext; close(): Promise<void>}> {
  const {backend, unreachable, diagnose, prefix} = options
  const directory = await mkdtemp(join(options.directory ?? tmpdir(), 'conformance-'))
  const names = new Set<string>()
  const context: ConformanceContext = {
    // A case that needs a missing method is skipped earlier.
    backend: backend as Required<SessionBackend>,
    ...(unreachable && {unreachable}),
    ...(diagnose && {diagnose}),
    directory,
    uniqueName: () => `${prefix}${randomBytes(4).toString('hex')}`,
    file: (name) => join(directory, name),
    program: (name, ...args) => [process.execPath, programFile(name), ...args],
    spec({name = context.uniqueName(), ...more} = {}) {
      if (name.startsWith(prefix)) names.add(name)
      return specOf(context, name, more)
    },
    report: async (file) => JSON.parse(await until(`a report in ${file}`, () => readIfThere(file))),
    read: readIfThere,
    until,
    isAlive,
    skip(reason) {
      throw new Skipped(reason)
    },
  }
  return {context, close: () => close(backend, names, directory)}
}

function specOf(
  {directory, file, program}: ConformanceContext,
  name: string,
  {env, ...more}: Partial<SessionSpec>,
): SessionSpec {
  const marker = `${directory}/${name}/${randomBytes(4).toString('hex')}`
  return {
    cwd: directory,
    command: program('report', file(`report-${name}`)),
    unsetEnv: [],
    labels: {},
    ...more,
    name,
    // The host sets it in every session. The killer finds processes by it that have dropped every other trace.
    env: {GT_SESSION_ID: marker, ...env},
  }
}

function programFile(name: Program): string {
  return fileURLToPath(new URL(`./programs/${name}.js`, import.meta.url))
}

/** Remove the directory first: the suite's programs end with it, whatever the backend does. */
async function close(backend: SessionBackend, names: Iterable<string>, directory: string): Promise<void> {
  await rm(directory, {recursive: true, force: true, maxRetries: 5})
  for (const name of names) {
    const session = await backend.inspect(name)
    if (session) await backend.stop(session, {graceMs: 0})
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return ''
    throw error
  }
}

async function until<T>(what: string, probe: () => T | Promise<T>): Promise<Exclude<T, Falsy>> {
  const end = performance.now() + DEADLINE_MS
  for (;;) {
    const value = await probe()
    if (value) return value as Exclude<T, Falsy>
    if (performance.now() > end) throw new Error(`waited ${DEADLINE_MS} ms for ${shorten(what, 200)}`)
    await sleep(LOOK_EVERY_MS)
  }
}
