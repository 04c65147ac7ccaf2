import {
  type Availability,
  type BackendRegistration,
  ErrorCode,
  GtError,
  type Killer,
  type SessionBackend,
  shorten,
} from '@gtown/sdk'
import {isObject} from '@gtown/sdk/schema'
import type {Config} from '@oclif/core'
import {type Collected, collectOffers} from './collect.js'
import {guardedBackend} from './guarded-backend.js'

/** The session backends that plugins offer. Plugins are queried once, and each backend is loaded once. */
export interface Backends {
  /** The available backend with the highest priority. Rejects when there is none, with the reason for each. */
  first(): Promise<SessionBackend>
  /** The backend of that name. Rejects when no plugin offers it, and when it cannot be used here. */
  named(name: string): Promise<SessionBackend>
  /** All backends that can be used here, the highest priority first. */
  usable(): Promise<SessionBackend[]>
  /** The diagnosis of the backend of that name, for `gt doctor`; undefined when it has none. */
  diagnosis(name: string): Promise<BackendRegistration['diagnose']>
}

export function openBackends(config: Config): Backends {
  let collected: Promise<Collected<BackendRegistration>> | undefined
  const loaded = new Map<string, Promise<SessionBackend>>()
  const offers = () => (collected ??= collectBackends(config))
  const load = (registration: BackendRegistration) => {
    const backend = loaded.get(registration.name) ?? loadBackend(registration)
    loaded.set(registration.name, backend)
    return backend
  }
  return {
    async first() {
      const {entries, problems} = await offers()
      const refusals: Refusal[] = []
      for (const registration of entries) {
        const availability = await registration.available()
        if (availability.available) return load(registration)
        refusals.push({name: registration.name, ...availability})
      }
      throw noneUsable(problems, refusals)
    },
    async named(name) {
      const {entries, problems} = await offers()
      const registration = entries.find((entry) => entry.name === name)
      if (!registration) throw notFound(name, entries, problems)
      const availability = await registration.available()
      if (availability.available) return load(registration)
      throw noneUsable([], [{name, ...availability}])
    },
    async usable() {
      const {entries} = await offers()
      const availabilities = await Promise.all(entries.map((entry) => entry.available()))
      return await Promise.all(entries.filter((_, index) => availabilities[index]?.available).map(load))
    },
    async diagnosis(name) {
      return (await offers()).entries.find((entry) => entry.name === name)?.diagnose
    },
  }
}

/** All session backends that plugins offer, usable here or not. */
export function collectBackends(config: Config): Promise<Collected<BackendRegistration>> {
  return collectOffers(config, 'gt:backends', isRegistration, guardedBackend)
}

/** Loads the implementation. Rejects with an error that names the plugin. */
export function loadBackend(registration: BackendRegistration): Promise<SessionBackend> {
  return registration.load({killer: lazyKiller})
}

type Refusal = Extract<Availability, {available: false}> & {name: string}

function noneUsable(problems: readonly string[], refusals: readonly Refusal[]): GtError {
  const reasons = [...problems, ...refusals.map(({name, reason}) => `${name}: ${reason}`)]
  const hints = refusals.map(({hint}) => hint)
  const what =
    refusals.length === 1 && problems.length === 0 ? 'the session backend cannot' : 'no session backend can'
  return new GtError(`${what} be used (${reasons.join('; ') || 'no plugin offers one'})`, {
    code: ErrorCode.backendUnavailable,
    liveness: 'unknown',
    ...(hints.length > 0 && {hint: hints.join('\n')}),
  })
}

/** Liveness `unknown`: a session may be recorded on the missing backend. */
function notFound(
  name: string,
  entries: readonly BackendRegistration[],
  problems: readonly string[],
): GtError {
  const names = entries.map((entry) => entry.name).join(', ') || 'none'
  const broken = problems.length > 0 ? ` (${problems.join('; ')})` : ''
  return new GtError(`no plugin offers the session backend '${shorten(name)}'${broken}`, {
    code: ErrorCode.backendUnavailable,
    liveness: 'unknown',
    hint: `Install its plugin with 'gt plugins install', or choose another backend. Available: ${names}.`,
  })
}

/** Loads the real killer only when a session is started or ended, since status never needs it. */
const lazyKiller: Killer = {
  async end(target, options) {
    const {killer} = await import('@gtown/process')
    return killer.end(target, options)
  },
  async contain(command) {
    const {killer} = await import('@gtown/process')
    return killer.contain(command)
  },
}

function isRegistration(value: unknown): value is BackendRegistration {
  if (!isObject(value)) return false
  const {name, priority, available, load, diagnose} = value
  return (
    (diagnose === undefined || typeof diagnose === 'function') &&
    typeof name === 'string' &&
    typeof priority === 'number' &&
    typeof available === 'function' &&
    typeof load === 'function'
  )
}
