import type {BackendDiagnosis, BackendRegistration} from '@gtown/sdk'
import {type Check, failure} from './check.js'
import type {Diagnostics} from './diagnostics.js'

/** What the backends report about themselves, in order of priority, whether available or not. */
export async function diagnoseBackends({
  backends,
}: Diagnostics): Promise<Record<keyof BackendDiagnosis, Check[]>> {
  const {entries} = await backends()
  const diagnoses = await Promise.all(entries.map(diagnose))
  return {
    requirements: diagnoses.flatMap(({requirements = []}) => requirements),
    runtime: diagnoses.flatMap(({runtime = []}) => runtime),
  }
}

/** A diagnosis that fails becomes one failed check and does not stop the others. */
async function diagnose(registration: BackendRegistration): Promise<BackendDiagnosis> {
  try {
    return (await registration.diagnose?.()) ?? {}
  } catch (error) {
    return {requirements: [failure('backend', error)]}
  }
}
