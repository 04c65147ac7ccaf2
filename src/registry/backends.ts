import {type BackendRegistration, ErrorCode, GtError, type Killer, type SessionBackend} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {collect} from './collect.js'

/** Loads the available session backend of the highest priority. Rejects, saying why each cannot be used, when there is none. */
export async function loadBackend(config: Config): Promise<SessionBackend> {
  const {entries, problems} = await collect(config, 'gt:backends', isRegistration)
  const reasons = [...problems]
  const hints: string[] = []
  for (const registration of entries) {
    const availability = await registration.available()
    if (availability.available) return registration.load({killer: lazyKiller})
    reasons.push(`${registration.name}: ${availability.reason}`)
    hints.push(availability.hint)
  }
  throw new GtError(`no session backend can be used (${reasons.join('; ') || 'no plugin offers one'})`, {
    code: ErrorCode.backendUnavailable,
    liveness: 'unknown',
    ...(hints.length > 0 && {hint: hints.join('\n')}),
  })
}

/** The real one is loaded when something is started or ended: status never needs it. */
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
  const {name, priority, available, load} = (value ?? {}) as Partial<BackendRegistration>
  return (
    typeof name === 'string' &&
    typeof priority === 'number' &&
    typeof available === 'function' &&
    typeof load === 'function'
  )
}
