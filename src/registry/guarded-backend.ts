import {
  type Availability,
  type BackendRegistration,
  ErrorCode,
  GtError,
  readDiagnosis,
  type SessionBackend,
  shorten,
} from '@gtown/sdk'
import {isObject} from '@gtown/sdk/schema'
import {withinTime} from './within-time.js'

/** Time limits in milliseconds for a plugin's `available`, `load` and `diagnose`. */
interface Limits {
  availableMs: number
  loadMs: number
  diagnoseMs: number
}

const LIMITS: Limits = {availableMs: 5000, loadMs: 10_000, diagnoseMs: 5000}

/**
 * Guards a registration against a broken plugin. `available` never rejects: for a plugin that fails or hangs it says
 * that the backend cannot be used. `load` and `diagnose` reject within their limits, with an error that names the plugin.
 */
export function guardedBackend(
  registration: BackendRegistration,
  plugin: string,
  limits = LIMITS,
): BackendRegistration {
  const {name, priority} = registration
  const hint = `Update plugin ${plugin}, or remove it with 'gt plugins uninstall ${plugin}'.`
  return {
    name,
    priority,
    async available() {
      try {
        const availability = await inTime(limits.availableMs, async () => registration.available())
        if (isAvailability(availability)) return availability
        return {available: false, reason: `plugin ${plugin} does not say whether it can be used`, hint}
      } catch (error) {
        const reason = `plugin ${plugin} cannot say whether it can be used: ${reasonOf(error)}`
        return {available: false, reason, hint}
      }
    },
    async load(services) {
      try {
        const backend = await inTime(limits.loadMs, async () => registration.load(services))
        if (isBackend(backend)) return backend
        throw new Error('it did not load a session backend')
      } catch (error) {
        if (error instanceof GtError) throw error
        throw new GtError(`plugin ${plugin} cannot load the session backend '${name}': ${reasonOf(error)}`, {
          code: ErrorCode.backendUnavailable,
          liveness: 'unknown',
          hint,
          cause: error,
        })
      }
    },
    ...(registration.diagnose && {
      async diagnose() {
        try {
          return readDiagnosis(await inTime(limits.diagnoseMs, async () => registration.diagnose?.()))
        } catch (error) {
          const what = `plugin ${plugin} cannot say how the session backend '${name}' stands`
          throw new GtError(`${what}: ${reasonOf(error)}`, {code: 'DIAGNOSIS_FAILED', hint, cause: error})
        }
      },
    }),
  }
}

function inTime<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  return withinTime(limitMs, () => new Error(`no answer within ${limitMs / 1000} s`), work)
}

function reasonOf(error: unknown): string {
  return shorten(String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '', 200)
}

function isAvailability(value: unknown): value is Availability {
  return isObject(value) && typeof value.available === 'boolean'
}

function isBackend(value: unknown): value is SessionBackend {
  if (!isObject(value)) return false
  const {start, stop, inspect, list} = value
  return [start, stop, inspect, list].every((method) => typeof method === 'function')
}
