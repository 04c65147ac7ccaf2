/** One line of `gt doctor`. */
export interface Finding {
  /** The subject of the check, in one or two words. */
  check: string
  status: 'ok' | 'warn' | 'fail'
  message: string
  /** What the user can do; null if nothing needs to be done. */
  cure: string | null
}

/** What a session backend reports about itself, for `gt doctor`. */
export interface BackendDiagnosis {
  /** What it needs: programs, libraries, their versions. */
  requirements?: readonly Finding[]
  /** Where its sessions are: its server, folders, sockets, permissions. */
  runtime?: readonly Finding[]
}

/**
 * Returns the diagnosis without unknown fields. Throws an error that names the fault if the value is not a diagnosis.
 */
export function readDiagnosis(value: unknown): Required<BackendDiagnosis> {
  if (typeof value !== 'object' || value === null) throw new Error('a diagnosis must be an object')
  const {requirements, runtime} = value as Partial<Record<keyof BackendDiagnosis, unknown>>
  return {
    requirements: readFindings('requirements', requirements),
    runtime: readFindings('runtime', runtime),
  }
}

function readFindings(key: keyof BackendDiagnosis, value: unknown = []): Finding[] {
  if (!Array.isArray(value)) throw new Error(`${key} of a diagnosis must be an array`)
  return value.map((finding) => {
    if (isFinding(finding)) return pick(finding)
    throw new Error(`${key} of a diagnosis has a finding without its check, status, message or cure`)
  })
}

function pick({check, status, message, cure}: Finding): Finding {
  return {check, status, message, cure}
}

function isFinding(value: unknown): value is Finding {
  const {check, status, message, cure} = (value ?? {}) as Partial<Record<keyof Finding, unknown>>
  if (!isText(check) || !isText(message)) return false
  // Every problem needs a cure.
  return status === 'ok' ? cure === null : (status === 'warn' || status === 'fail') && isText(cure)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
