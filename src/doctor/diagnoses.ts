import type {BackendDiagnosis, BackendRegistration} from '@gtown/sdk'
import {type Check, failure} from './check.js'
import type {Diagnostics} from './diagnostics.js'

/** What the backends say of themselves, in their order, whether they can be used here or not. */
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

/** One that cannot say it becomes one line, and takes no other down. */
async function diagnose(registration: BackendRegistration): Promise<BackendDiagnosis> {
  try {
    return (await registration.diagnose?.()) ?? {}
  } catch (error) {
    return {requirements: [failure('backend', error)]}
  }
}
