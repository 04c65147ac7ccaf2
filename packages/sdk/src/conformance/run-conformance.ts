import {randomBytes} from 'node:crypto'
import type {BackendRegistration, SessionBackend} from '../backend.js'
import {GtError} from '../errors.js'
import {conformanceCases} from './cases/index.js'
import type {ConformanceCase} from './conformance-case.js'
import {type ContextOptions, openContext, Skipped} from './context.js'

export interface ConformanceOptions {
  /** The backend under test. */
  backend: SessionBackend
  /** A backend of the same kind whose server does not answer. Without one, its case is skipped. */
  unreachable?: SessionBackend
  /** The `diagnose` of its registration. Without it, its case is skipped. */
  diagnose?: BackendRegistration['diagnose']
  /** Which cases to run. Default: all. */
  cases?: readonly ConformanceCase[]
  /** Prefix of all session names. Default: `gt-conform-`, random characters, and `-`. */
  prefix?: string
  /** Absolute path of the parent of the cases' directories. Default: the system's temporary directory. */
  directory?: string
  /** Time limit for a case, in milliseconds. Default: 60 000. */
  caseTimeoutMs?: number
  /** How many cases run at a time. Default: 1. */
  concurrency?: number
  /** Once aborted, no further case begins, and the run rejects with its reason. */
  signal?: AbortSignal
}

export interface ConformanceResult {
  name: string
  level: 'must' | 'should'
  outcome: 'passed' | 'failed' | 'skipped'
  /** Why it was skipped or failed. */
  reason?: string
  /** Duration in milliseconds, including clean-up. */
  ms: number
}

const CASE_TIMEOUT_MS = 60_000

/**
 * Runs the cases against a backend and yields their results in order. After a failed case, its sessions are stopped
 * and the next one begins. Sessions of other names are left alone. Rejects with `NOT_SUPPORTED` if the backend is not
 * local, because the cases check processes and files of this machine.
 */
export async function* runConformance(options: ConformanceOptions): AsyncGenerator<ConformanceResult, void> {
  const {backend, cases = conformanceCases, concurrency = 1, signal} = options
  if (!backend.local) {
    throw new GtError(
      `the conformance of ${backend.name} cannot be tested: its sessions are not this machine's`,
      {
        code: 'NOT_SUPPORTED',
      },
    )
  }
  const prefix = options.prefix ?? `gt-conform-${randomBytes(4).toString('hex')}-`
  const running: Promise<ConformanceResult>[] = []
  try {
    for (const testCase of cases) {
      signal?.throwIfAborted()
      running.push(runCase(testCase, {...options, prefix}))
      const first = running.length >= concurrency && running.shift()
      if (first) yield await first
    }
    for (const result of running) yield await result
  } finally {
    await Promise.all(running)
  }
}

async function runCase(
  testCase: ConformanceCase,
  options: ConformanceOptions & ContextOptions,
): Promise<ConformanceResult> {
  const begin = performance.now()
  // Must not reject: this case may fail while another one is awaited.
  const verdict = await judge(testCase, options).catch((error) => failed(error))
  const {name, level} = testCase
  return {name, level, ...verdict, ms: Math.round(performance.now() - begin)}
}

type Verdict = Pick<ConformanceResult, 'outcome' | 'reason'>

async function judge(
  testCase: ConformanceCase,
  options: ConformanceOptions & ContextOptions,
): Promise<Verdict> {
  const missing = testCase.needs?.find((method) => options.backend[method] === undefined)
  if (missing) return {outcome: 'skipped', reason: `the backend has no ${missing}`}
  const {context, close} = await openContext(options)
  const verdict = await withTimeLimit(testCase.run(context), options.caseTimeoutMs ?? CASE_TIMEOUT_MS)
  try {
    await close()
    return verdict
  } catch (error) {
    return verdict.outcome === 'failed' ? verdict : failed(error, 'its sessions could not be ended: ')
  }
}

async function withTimeLimit(run: Promise<void>, limitMs: number): Promise<Verdict> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${limitMs} ms`)), limitMs)
  })
  try {
    await Promise.race([run, limit])
    return {outcome: 'passed'}
  } catch (error) {
    return error instanceof Skipped ? {outcome: 'skipped', reason: error.message} : failed(error)
  } finally {
    clearTimeout(timer)
  }
}

function failed(error: unknown, before = ''): Verdict {
  return {outcome: 'failed', reason: before + (error instanceof Error ? error.message : String(error))}
}
