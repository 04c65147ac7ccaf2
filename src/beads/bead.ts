/** One bead of `bd list --json`, with the fields that gt needs. */
export interface Bead {
  id: string
  /** Such as open, in_progress, hooked, blocked, closed or tombstone. */
  status: string
  type: string
  /** Empty when it is not assigned. */
  assignee: string
  labels: readonly string[]
  description: string
  /** ISO 8601. */
  updatedAt: string
}

/**
 * The beads that bd printed, after its warnings; undefined where it printed no list. An empty list it says in words.
 */
export function parseBeads(stdout: string): Bead[] | undefined {
  const text = stdout
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('warning:'))
    .join('\n')
    .trim()
  if (text === '' || /^No issues found/i.test(text)) return []
  try {
    const value: unknown = JSON.parse(text)
    if (value === null) return []
    return Array.isArray(value) && value.every(isBead) ? value.map(beadOf) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

type Printed = Record<string, unknown>

function isBead(value: unknown): value is Printed {
  const {id, status} = (value ?? {}) as Printed
  return typeof id === 'string' && typeof status === 'string'
}

function beadOf({
  id,
  status,
  issue_type,
  assignee,
  labels,
  labels_csv,
  description,
  updated_at,
}: Printed): Bead {
  const csv = typeof labels_csv === 'string' ? labels_csv.split(',') : []
  return {
    id: String(id),
    status: String(status),
    type: textOf(issue_type),
    assignee: textOf(assignee),
    labels: Array.isArray(labels) ? labels.map(String) : csv,
    description: textOf(description),
    updatedAt: textOf(updated_at),
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** True for beads of that kind. The original marks the kind by a label, and older versions by the type. */
export function isKind({type, labels}: Bead, kind: string): boolean {
  return type === kind || labels.includes(`gt:${kind}`)
}

export const isClosed = ({status}: Bead) => status === 'closed' || status === 'tombstone'
