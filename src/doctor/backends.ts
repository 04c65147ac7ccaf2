import type {BackendRegistration, Town} from '@gtown/sdk'
import {type Check, fail, failure, ok, warn} from './check.js'
import type {Diagnostics} from './diagnostics.js'

/** Checks which backends plugins offer, which of them are available, and which one a new session would use. */
export async function checkBackends(diagnostics: Diagnostics, town: Town | undefined): Promise<Check[]> {
  const {entries} = await diagnostics.backends()
  const checks = await Promise.all(entries.map((entry) => checkBackend(diagnostics, entry)))
  const usable = entries.filter((_, index) => checks[index]?.status === 'ok')
  return [...checks, await checkChoice(diagnostics, town, usable)]
}

async function checkBackend({loadBackend}: Diagnostics, registration: BackendRegistration): Promise<Check> {
  const {name} = registration
  try {
    const availability = await registration.available()
    if (!availability.available)
      return warn('backend', `${name} cannot be used: ${availability.reason}`, availability.hint)
    await loadBackend(registration)
    return ok('backend', `${name} can be used`)
  } catch (error) {
    return failure('backend', error)
  }
}

async function checkChoice(
  {place}: Diagnostics,
  town: Town | undefined,
  usable: readonly BackendRegistration[],
): Promise<Check> {
  const chosen = await configuredBackend(place.env.GT_BACKEND, town)
  if (!chosen) {
    const [first] = usable
    if (first)
      return ok('backend', `${first.name} is chosen: nothing names one, and it is the first that can be used`)
    return fail(
      'backend',
      'no session backend can be used',
      'Install tmux, or a plugin with another backend.',
    )
  }
  const {name, source} = chosen
  if (usable.some((entry) => entry.name === name))
    return ok('backend', `${name} is chosen: ${source} names it`)
  const others = usable.map((entry) => entry.name).join(', ') || 'none'
  return fail('backend', `${name} is chosen by ${source}, and cannot be used`, `Name one of: ${others}.`)
}

async function configuredBackend(
  variable: string | undefined,
  town: Town | undefined,
): Promise<{name: string; source: string} | undefined> {
  if (variable) return {name: variable, source: 'GT_BACKEND'}
  const settings = (await readableSettings(town)).find(({sessionBackend}) => sessionBackend !== undefined)
  return settings?.sessionBackend ? {name: settings.sessionBackend, source: settings.file} : undefined
}

/** The town's agent settings; empty if they cannot be read, which has a check of its own. */
export async function readableSettings(town: Town | undefined) {
  try {
    return (await town?.agentSettings()) ?? []
  } catch (error) {
    if (error instanceof Error && 'code' in error) return []
    throw error
  }
}
