/** One line of `gt doctor`. */
export interface Finding {
  /** What was looked at, in one or two words. */
  check: string
  status: 'ok' | 'warn' | 'fail'
  message: string
  /** What the user can do; null where nothing has to be done. */
  cure: string | null
}

/** What a session backend says of itself, for `gt doctor`. */
export interface BackendDiagnosis {
  /** What it needs: programs, libraries, their versions. */
  requirements?: readonly Finding[]
  /** Where its sessions are: its server, folders, sockets, permissions. */
  runtime?: readonly Finding[]
}

/** The diagnosis that a value is, without anything else. Throws, naming the fault, where it is none. */
export function readDiagnosis(value: unknown): Required<BackendDiagnosis> {
  if (typeof value !== 'object' || value === null) throw new Error('a diagnosis is an object')
  const {requirements, runtime} = value as Partial<Record<keyof BackendDiagnosis, unknown>>
  return {
    requirements: readFindings('requirements', requirements),
    runtime: readFindings('runtime', runtime),
  }
}

function readFindings(key: keyof BackendDiagnosis, value: unknown = []): Finding[] {
  if (!Array.isArray(value)) throw new Error(`${key} of a diagnosis is an array`)
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
  // Whoever is told of a fault is told what to do.
  return status === 'ok' ? cure === null : (status === 'warn' || status === 'fail') && isText(cure)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
