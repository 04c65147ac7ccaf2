import {parseJson} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'

const textOrNone = v.fallback(v.text, '')
const texts = v.listOf(v.pipe(v.unknown(), v.transform(String)))

/** A bead as bd prints it. A list may be null, or text with commas. */
const printed = v.pipe(
  v.objectOf({
    id: v.text,
    status: v.text,
    issue_type: textOrNone,
    assignee: textOrNone,
    labels: v.ifValid(texts),
    labels_csv: v.ifValid(v.text),
    description: textOrNone,
    updated_at: textOrNone,
  }),
  v.transform(({issue_type: type, updated_at: updatedAt, labels, labels_csv, ...bead}) => ({
    ...bead,
    type,
    updatedAt,
    labels: labels ?? labels_csv?.split(',') ?? [],
  })),
)

/**
 * One bead of `bd list --json`, with the fields that gt needs. Its status is for example open, in_progress, hooked,
 * blocked, closed or tombstone; its assignee is empty when it is not assigned; its time is ISO 8601.
 */
export type Bead = v.InferOutput<typeof printed>

const list = v.nullable(v.listOf(printed))

/**
 * Parses bd's output, without its warnings; undefined when it is not a list. bd prints a sentence for an empty list.
 */
export function parseBeads(stdout: string): readonly Bead[] | undefined {
  const text = stdout
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('warning:'))
    .join('\n')
    .trim()
  if (text === '' || /^No issues found/i.test(text)) return []
  const {success, output} = v.safeParse(list, parseJson(text))
  return success ? (output ?? []) : undefined
}

/** True for beads of that kind. The original marks the kind by a label, and older versions by the type. */
export function isKind({type, labels}: Bead, kind: string): boolean {
  return type === kind || labels.includes(`gt:${kind}`)
}

export const isClosed = ({status}: Bead) => status === 'closed' || status === 'tombstone'
